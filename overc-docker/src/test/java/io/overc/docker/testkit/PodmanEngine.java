package io.overc.docker.testkit;

import io.overc.testkit.Real;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Gives tests podman with a store of its own. Limits are those of this process, which it may not
 * raise; networks have names for their containers only with netavark and aardvark-dns.
 */
public final class PodmanEngine implements AutoCloseable {
  private static final String SETTINGS =
      """
      [containers]
      default_ulimits=["nofile=1024:1024","nproc=1024:1024"]
      [network]
      network_backend="netavark"
      """;

  private final Path store;
  private final TestEngine engine;

  private PodmanEngine(Path store) throws IOException {
    this.store = store;
    Path settings = Files.writeString(store.resolve("containers.conf"), SETTINGS);
    this.engine =
        TestEngine.of(
            List.of(
                "env",
                "CONTAINERS_CONF=" + settings,
                "podman",
                "--root=" + store.resolve("root"),
                "--runroot=" + store.resolve("run"),
                "--network-config-dir=" + Files.createDirectory(store.resolve("net")),
                "--cgroup-manager=cgroupfs"),
            Map.of());
  }

  /**
   * Prepares a store, or skips the test with a reason.
   *
   * @return the engine
   */
  public static PodmanEngine prepare() {
    Real.root();
    Real.tools("podman", "catatonit", "busybox", "tar");
    try {
      return new PodmanEngine(Files.createTempDirectory("overc-podman"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns what tests work with.
   *
   * @return an engine with an image and a network
   */
  public TestEngine engine() {
    return engine;
  }

  /** Removes the store with everything in it. */
  @Override
  public void close() {
    engine.docker("rm", "--all", "--force", "--time", "0");
    engine.close();
    engine.must("system", "reset", "--force");
    TestEngine.delete(store);
  }
}
