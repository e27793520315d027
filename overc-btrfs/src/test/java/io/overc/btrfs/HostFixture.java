package io.overc.btrfs;

import io.overc.btrfs.lab.Lab;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** One disk for all tests of a class, turned back before each of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HostFixture {
  private final TestHost host;

  HostFixture(Function<Lab, Distribution> distribution) {
    this.host = TestHost.start(distribution);
  }

  public final TestHost host() {
    return host;
  }

  @BeforeEach
  void beginAnew() {
    host.reset();
  }

  @AfterEach
  void nothingIsHalfDone() {
    host.assertNothingHalfDone();
  }

  @AfterAll
  void close() {
    host.close();
  }
}
