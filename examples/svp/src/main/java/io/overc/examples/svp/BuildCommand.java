package io.overc.examples.svp;

import io.overc.examples.console.Console;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.BuildResult;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.ServicePackRunner;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Builds the base of a pack. */
@Command(
    name = "build",
    description = "Build the base image that all services of a pack's type share.")
final class BuildCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "-b",
      required = true,
      paramLabel = "DIR",
      description = "The directory of the pack.")
  private Path pack = Path.of("");

  @Option(
      names = "-t",
      required = true,
      paramLabel = "REPO[:TAG]",
      description = "The name of the new image.")
  private String tag = "";

  @Option(names = "--force", description = "Build although the same was built before.")
  private boolean force;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Append everything the build prints to FILE.")
  private @Nullable Path log;

  BuildCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ImageTag image = ImageTag.parse(tag);
    BuildOptions.Builder options = BuildOptions.builder().force(force);
    Optional.ofNullable(log).ifPresent(options::log);
    ServicePackRunner runner = console.overc().servicePackRunner();
    BuildResult result =
        runner.build(runner.open(pack), image, BuildPhase.BASE, options.build(), console.call());
    Built built = new Built(result.image().toString(), result.imageId(), result.cached());
    return console.show(
        built,
        out ->
            out.println(
                built.image()
                    + (built.cached()
                        ? " was built before from the same pack and image (--force builds it anew)"
                        : " is built")));
  }

  record Built(String image, String id, boolean cached) {}
}
