package io.overc.btrfs;

import io.overc.btrfs.lab.Lab;
import io.overc.testkit.HostUpgraderBench;
import io.overc.testkit.HostUpgraderContract;
import io.overc.testkit.Real;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract of host upgraders, on a real btrfs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BtrfsHostUpgraderIT extends HostUpgraderContract {
  private final TestHost host;
  private HostUpgraderBench bench;

  BtrfsHostUpgraderIT() {
    Real.root();
    host = TestHost.start(lab -> new SmartDistribution(), Lab::openInMemory);
    bench = new BtrfsBench(host, Path.of(""));
  }

  @BeforeAll
  void archiveClasses(@TempDir Path directory) {
    Path archive = directory.resolve("classes.jsa");
    HostVerb.archiveClasses(archive);
    bench = new BtrfsBench(host, archive);
  }

  @AfterEach
  void nothingIsHalfDone() {
    host.assertNothingHalfDone();
  }

  @AfterAll
  void close() {
    host.close();
  }

  @Override
  protected HostUpgraderBench bench() {
    return bench;
  }
}
