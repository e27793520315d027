package io.overc.docker.testkit;

import io.overc.testkit.Real;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives tests podman with a store of its own. Limits are those of this process, which it may not
 * raise; networks have names for their containers only with netavark and aardvark-dns.
 */
public final class PodmanEngine {
  private static @Nullable PodmanEngine shared;

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
   * Returns the engine that all tests of this JVM share, or skips the test with a reason.
   *
   * @return an engine with an image and a network
   */
  public static synchronized TestEngine shared() {
    Real.root();
    Real.tools("podman", "catatonit", "busybox", "tar");
    PodmanEngine engine = shared;
    if (engine == null) {
      try {
        engine = new PodmanEngine(Files.createTempDirectory("overc-podman"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(engine::close, "podman-engine"));
      shared = engine;
    }
    return engine.engine;
  }

  /** Removes the store with everything in it. */
  private void close() {
    engine.docker("rm", "--all", "--force", "--time", "0");
    engine.close();
    engine.must("system", "reset", "--force");
    TestEngine.delete(store);
  }
}
