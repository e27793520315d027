package io.overc.examples.svp;

import io.overc.error.InvalidArgumentException;
import io.overc.examples.console.Console;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildResult;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.PackVariable;
import io.overc.servicepack.Secrets;
import io.overc.servicepack.ServicePackRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sets an instance up; prints its environment, and nothing else, on standard output. */
@Command(
    name = "setup",
    description =
        "Set an instance up from a base, and print its environment, secrets included, one KEY=value"
            + " a line.")
final class SetupCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "-b",
      required = true,
      paramLabel = "DIR",
      description = "The directory of the pack.")
  private Path pack = Path.of("");

  @Option(
      names = "-i",
      required = true,
      paramLabel = "BASE[:TAG]",
      description = "The base image that 'svp build' made.")
  private String base = "";

  @Option(
      names = "-t",
      required = true,
      paramLabel = "REPO[:TAG]",
      description = "The name of the new image.")
  private String tag = "";

  @Option(
      names = "--secret",
      paramLabel = "NAME",
      description =
          "Take the secret NAME from the environment variable of that name instead of generating"
              + " it. May be repeated.")
  private List<String> secrets = new ArrayList<>();

  @Option(
      names = "--restore",
      paramLabel = "FILE",
      description = "Start from a backup that 'svp backup' made.")
  private @Nullable Path restore;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Append everything the setup prints to FILE, without the secrets.")
  private @Nullable Path log;

  SetupCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ImageTag from = ImageTag.parse(base);
    ImageTag image = ImageTag.parse(tag);
    BuildOptions.Builder options = BuildOptions.builder().secrets(supplied());
    Optional.ofNullable(restore).ifPresent(options::backup);
    Optional.ofNullable(log).ifPresent(options::log);
    ServicePackRunner runner = console.overc().servicePackRunner();
    BuildResult result =
        runner.setup(runner.open(pack), from, image, options.build(), console.call());
    return console.show(
        new SetUp(result.image().toString(), result.imageId(), environment(result)),
        out -> result.environmentLines().forEach(out::println));
  }

  private Secrets supplied() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : secrets) {
      String value = console.environment().get(name);
      if (value == null) {
        throw new InvalidArgumentException(
            "--secret " + name + " needs an environment variable of that name");
      }
      values.put(name, value);
    }
    return Secrets.of(values);
  }

  private static Map<String, String> environment(BuildResult result) {
    Map<String, String> environment = new LinkedHashMap<>(result.secrets().values());
    for (PackVariable variable : result.environment()) {
      environment.put(variable.name(), variable.template());
    }
    return environment;
  }

  record SetUp(String image, String id, Map<String, String> environment) {
    /** The secrets must not be shown by accident. */
    @Override
    public String toString() {
      return "SetUp[" + image + "]";
    }
  }
}
