package io.overc.opennebula.disk;

import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.exec.Tools;
import io.overc.internal.linux.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs qemu-img where an image that deceives it finds nothing: its root holds the programs of this
 * machine, the image and the directory for the result, and there is no network. Memory, time and
 * the size of what is written are limited.
 *
 * <p>Where this user may make no namespaces, or the tool is not among the programs, only the limits
 * hold; that an image names no other file is checked before in any case.
 */
final class Confinement {
  private static final Logger LOG = LoggerFactory.getLogger(Confinement.class);

  // Whoever has no /usr but these is served too; chroot fails with 125 as well.
  private static final int UNCONFINED = 125;
  private static final String SCRIPT =
      """
      root=$1 image=$2 out=$3; shift 3
      mount -t tmpfs -o size=1m,mode=0755 overc "$root" && cd "$root" || exit 125
      for d in usr lib lib64; do
        if [ -L "/$d" ]; then ln -s "$(readlink "/$d")" "$d" || exit 125
        elif [ -d "/$d" ]; then mkdir "$d" && mount --rbind "/$d" "$d" || exit 125
        fi
      done
      mkdir dev out && : > dev/null && mount --bind /dev/null dev/null &&
      mount --bind "$out" out && : > image && mount --bind "$image" image || exit 125
      exec chroot . "$@"
      """;
  private static final String ROOT = "root";
  private static final long MEMORY = 2L << 30;
  private static final long OVERHEAD = 1L << 30;

  private final CommandRunner runner;
  private final long largestDisk;

  Confinement(CommandRunner runner, long largestDisk) {
    this.runner = runner;
    this.largestDisk = largestDisk;
  }

  /** The arguments of qemu-img, by where it finds the image and the directory. */
  interface Arguments {
    List<String> of(Path image, Path directory);
  }

  /** Runs it; the directory is for its use alone, and exists. */
  CommandResult run(Path image, Path directory, Duration timeout, Arguments arguments)
      throws IOException {
    if (possible()) {
      Path root = Files.createDirectories(directory.resolve(ROOT));
      try {
        List<String> inside =
            limited(
                timeout,
                List.of(
                    "setpriv",
                    "--no-new-privs",
                    "--bounding-set=-all,+dac_override,+dac_read_search",
                    "qemu-img"));
        inside.addAll(arguments.of(Path.of("/image"), Path.of("/out")));
        CommandResult result =
            runner.run(
                Command.of("unshare", namespaces())
                    .arguments("--", "sh", "-c", SCRIPT, "overc")
                    .argument(root.toAbsolutePath())
                    .argument(image.toAbsolutePath())
                    .argument(directory.toAbsolutePath())
                    .arguments(inside)
                    .timeout(timeout)
                    .build());
        if (!refused(result)) {
          return result;
        }
        LOG.warn("qemu-img runs without a namespace of its own: {}", result.stderr().strip());
      } finally {
        Files.deleteIfExists(root);
      }
    }
    List<String> plain = limited(timeout, List.of("qemu-img"));
    plain.addAll(arguments.of(image, directory));
    return runner.run(Command.of(plain.remove(0)).arguments(plain).timeout(timeout).build());
  }

  private static boolean refused(CommandResult result) {
    return result.exitCode() == UNCONFINED
        || (!result.succeeded() && result.stderr().startsWith("unshare: "));
  }

  private static String[] namespaces() {
    return Libc.available() && Libc.geteuid() == 0
        ? new String[] {"--mount", "--net", "--ipc"}
        : new String[] {"--user", "--map-root-user", "--mount", "--net", "--ipc"};
  }

  /** Only what lies in /usr is seen from inside. */
  private static boolean possible() {
    Optional<Path> tool = Tools.find("qemu-img");
    return tool.isPresent()
        && (tool.get().startsWith("/usr") || tool.get().startsWith("/bin"))
        && Tools.missing("unshare", "mount", "chroot", "setpriv", "prlimit").isEmpty();
  }

  private List<String> limited(Duration timeout, List<String> command) {
    List<String> words = new ArrayList<>();
    if (Tools.find("prlimit").isPresent()) {
      // Its threads use more than one processor.
      long seconds = 1 + 4 * timeout.toSeconds();
      words.addAll(
          List.of(
              "prlimit",
              "--as=" + MEMORY,
              "--core=0",
              "--cpu=" + seconds,
              "--fsize=" + Math.max(largestDisk, largestDisk + OVERHEAD)));
    }
    words.addAll(command);
    return words;
  }
}
