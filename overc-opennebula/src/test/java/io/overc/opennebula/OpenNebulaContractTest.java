package io.overc.opennebula;

import io.overc.image.ImageEvent;
import io.overc.image.ImageListHandler;
import io.overc.opennebula.frontend.Image;
import io.overc.testkit.ImageListHandlerContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class OpenNebulaContractTest extends ImageListHandlerContract {
  @TempDir private Path processes;
  private Site site;
  private int started;

  @BeforeEach
  void setUp(@TempDir Path directory) {
    site = new Site(directory);
  }

  final Site site() {
    return site;
  }

  @AfterEach
  void tearDown() {
    site.close();
  }

  @Override
  protected ImageListHandler handler() {
    return site.handler();
  }

  @Override
  protected ImageEvent available(String identifier, String content) {
    return site.available(identifier, content);
  }

  @Override
  protected Optional<String> offered(String identifier) {
    return site.frontEnd().admin().named(identifier).stream()
        .filter(image -> image.state().equals("READY"))
        .map((Image image) -> image.attribute("VMCATCHER_EVENT_SL_CHECKSUM_SHA512"))
        .findFirst();
  }

  @Override
  protected Process handleInOtherProcess(ImageEvent event) {
    handler(); // Sets what the settings of the other process must have, too.
    return HandlerProcess.start(site, event, processes.resolve("" + started++), Map.of());
  }
}
