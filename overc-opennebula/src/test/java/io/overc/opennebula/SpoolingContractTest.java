package io.overc.opennebula;

import io.overc.image.ImageListHandler;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The same promises hold with a spool in front. */
class SpoolingContractTest extends OpenNebulaContractTest {
  @TempDir private Path spool;
  private Site spooling;

  @BeforeEach
  @Override
  void setUp(@TempDir Path directory) {
    super.setUp(directory);
    spooling = site();
  }

  @Override
  protected ImageListHandler handler() {
    return spooling.set("opennebula.spool", spool.toString()).handler();
  }
}
