package io.overc.lxc;

import io.overc.event.OperationOptions;
import io.overc.overlay.OverlaySharing;
import io.overc.testkit.OverlaySharingContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;

@DisplayName("the LXC overlay sharing keeps the contract")
class LxcOverlaySharingIT extends OverlaySharingContract {
  private LxcLab lab;

  @BeforeEach
  void open() throws IOException {
    lab = LxcLab.open();
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  @Override
  protected OverlaySharing sharing() {
    return lab.sharing();
  }

  @Override
  protected Path create(String name) throws IOException {
    return lab.plain(name);
  }

  @Override
  protected Path start(String name) {
    lab.driver().start(name, OperationOptions.defaults());
    return lab.view(name);
  }

  @Override
  protected void halt(String name) {
    lab.lxc("lxc-stop", name, "-k");
  }

  @Override
  protected void inside(String name, String... command) {
    List<String> words = new ArrayList<>(List.of("--"));
    words.addAll(List.of(command));
    lab.lxc("lxc-attach", name, words.toArray(String[]::new));
  }
}
