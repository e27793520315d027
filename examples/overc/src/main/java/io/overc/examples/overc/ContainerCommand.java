package io.overc.examples.overc;

import io.overc.container.Change;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.container.ImageDigest;
import io.overc.container.ImageSource;
import io.overc.container.RollbackResult;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.event.OperationOptions;
import io.overc.examples.console.Console;
import io.overc.script.ScriptArguments;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Maintains containers, spelled as the container framework always was. What a site script prints is
 * passed through as it is, and its exit code is the exit code.
 */
@Command(
    name = "container",
    description =
        "Maintain containers. A template is one of the configuration (template.NAME.backend), else"
            + " a script of that name in script.dir, else a backend: lxc, docker.",
    subcommands = OverlayCommand.class)
final class ContainerCommand {
  private static final String NAME = "Name of container.";
  private static final String TEMPLATE = "Template of container.";

  private final Console console;

  ContainerCommand(Console console) {
    this.console = console;
  }

  @Command(name = "list_containers", description = "List containers available.")
  int listContainers(@Parameters(paramLabel = "template", description = TEMPLATE) String template) {
    ContainerDriver driver = driver(template);
    if (!console.json()) {
      Optional<Integer> script = script(driver).run(ScriptArguments.list());
      if (script.isPresent()) {
        return script.get();
      }
    }
    var containers = driver.list();
    return console.show(containers, out -> ContainerText.containers(containers, out));
  }

  @Command(name = "list_snapshots", description = "List snapshots available for container.")
  int listSnapshots(
      @Parameters(paramLabel = "name", description = NAME) String name,
      @Parameters(paramLabel = "template", description = TEMPLATE) String template) {
    ContainerDriver driver = driver(template);
    if (!console.json()) {
      Optional<Integer> script = script(driver).run(ScriptArguments.listSnapshots(name));
      if (script.isPresent()) {
        return script.get();
      }
    }
    var snapshots = driver.listSnapshots(name);
    return console.show(
        snapshots.stream().map(ContainerText.Shown::new).toList(),
        out -> ContainerText.snapshots(snapshots, out));
  }

  @Command(description = "Rollback container upgrade.")
  int rollback(
      @Parameters(paramLabel = "name", description = NAME) String name,
      @Parameters(paramLabel = "template", description = TEMPLATE) String template,
      @Parameters(
              arity = "0..1",
              paramLabel = "snapshot_name",
              description = "Name of snapshot; the latest if none is named.")
          @Nullable String snapshot) {
    ContainerDriver driver = driver(template);
    return script(driver)
        .run(
            snapshot == null
                ? ScriptArguments.rollback(name)
                : ScriptArguments.rollback(name, snapshot))
        .orElseGet(
            () -> {
              OperationOptions call = console.call();
              RollbackResult result =
                  snapshot == null
                      ? driver.rollback(name, call)
                      : driver.rollback(name, snapshot, call);
              return console.show(result, out -> ContainerText.rollback(result, out));
            });
  }

  @Command(description = "Update to the latest image available.")
  int update(@Parameters(paramLabel = "template", description = TEMPLATE) String template) {
    ContainerDriver driver = driver(template);
    return script(driver)
        .run(ScriptArguments.update())
        .orElseGet(
            () -> {
              var result = driver.update(console.call());
              return console.show(result, out -> ContainerText.image(template, result, out));
            });
  }

  @Command(
      description =
          "Upgrade the specified container: from the template's image, or from packages with -r.")
  int upgrade(
      @Parameters(paramLabel = "name", description = NAME) String name,
      @Parameters(paramLabel = "template", description = TEMPLATE) String template,
      @Option(names = "-r", description = "Upgrade using the package repository.")
          boolean packages) {
    ContainerDriver driver = driver(template);
    ScriptRun script = script(driver);
    Optional<Integer> code =
        packages
            ? script.run(ScriptArguments.upgrade(name))
            : script.run(ScriptArguments.update(), ScriptArguments.activate(name, WhenActive.STOP));
    return code.orElseGet(
        () -> {
          UpgradeSource source = packages ? UpgradeSource.PACKAGES : UpgradeSource.IMAGE;
          var result = driver.upgrade(name, source, console.call());
          return console.show(result, out -> ContainerText.upgrade(result, out));
        });
  }

  @Command(description = "Snapshot a container.")
  int snapshot(
      @Parameters(paramLabel = "name", description = NAME) String name,
      @Parameters(paramLabel = "template", description = TEMPLATE) String template) {
    ContainerDriver driver = driver(template);
    return script(driver)
        .run(ScriptArguments.snapshot(name))
        .orElseGet(
            () -> {
              var result = driver.snapshot(name, console.call());
              return console.show(
                  result
                      .<Object>map(ContainerText.Shown::new)
                      .orElse(new Done(name, Change.UNKNOWN)),
                  out -> ContainerText.snapshot(name, result, out));
            });
  }

  @Command(name = "send_image", description = "Send container image for template.")
  int sendImage(
      @Parameters(paramLabel = "image_url", description = "Location of image: a path or an URL.")
          String imageUrl,
      @Parameters(paramLabel = "template", description = TEMPLATE) String template,
      @Option(
              names = "--digest",
              paramLabel = "ALGORITHM:HEX",
              description = "Refuse an image with another digest (sha256: or sha512:).")
          @Nullable String digest) {
    ImageSource plain = ImageSource.of(imageUrl);
    ImageSource image = digest == null ? plain : plain.withDigest(ImageDigest.parse(digest));
    ContainerDriver driver = driver(template);
    Optional<Integer> code =
        digest == null ? script(driver).run(ScriptArguments.sendImage(image)) : Optional.empty();
    return code.orElseGet(
        () -> {
          var result = driver.sendImage(image, console.call());
          return console.show(result, out -> ContainerText.image(template, result, out));
        });
  }

  @Command(description = "Start container.")
  int start(
      @Parameters(paramLabel = "name", description = NAME) String name,
      @Parameters(paramLabel = "template", description = TEMPLATE) String template) {
    ContainerDriver driver = driver(template);
    return script(driver)
        .run(ScriptArguments.start(name))
        .orElseGet(() -> done(name, driver.start(name, console.call()), "active"));
  }

  @Command(description = "Stop container.")
  int stop(
      @Parameters(paramLabel = "name", description = NAME) String name,
      @Parameters(paramLabel = "template", description = TEMPLATE) String template) {
    ContainerDriver driver = driver(template);
    return script(driver)
        .run(ScriptArguments.stop(name))
        .orElseGet(() -> done(name, driver.stop(name, console.call()), "inactive"));
  }

  @Command(description = "Activate container: create it from the template's image, or replace it.")
  int activate(
      @Option(names = "-f", description = "Force the container to be created if it's active.")
          boolean force,
      @Parameters(paramLabel = "name", description = NAME) String name,
      @Parameters(paramLabel = "template", description = TEMPLATE) String template) {
    ContainerDriver driver = driver(template);
    WhenActive whenActive = force ? WhenActive.STOP : WhenActive.REFUSE;
    return script(driver)
        .run(ScriptArguments.activate(name, whenActive))
        .orElseGet(
            () -> {
              var result = driver.activate(name, whenActive, console.call());
              return console.show(result, out -> ContainerText.activate(result, out));
            });
  }

  @Command(description = "Delete container; its snapshots stay.")
  int delete(
      @Option(names = "-f", description = "Force the container to be deleted if it's active.")
          boolean force,
      @Parameters(paramLabel = "name", description = NAME) String name,
      @Parameters(paramLabel = "template", description = TEMPLATE) String template) {
    ContainerDriver driver = driver(template);
    WhenActive whenActive = force ? WhenActive.STOP : WhenActive.REFUSE;
    return script(driver)
        .run(ScriptArguments.delete(name, whenActive))
        .orElseGet(
            () -> {
              driver.delete(name, whenActive, console.call());
              return done(name, Change.CHANGED, "deleted");
            });
  }

  @Command(name = "delete_snapshots", description = "Delete all snapshots of container.")
  int deleteSnapshots(
      @Parameters(paramLabel = "name", description = NAME) String name,
      @Parameters(paramLabel = "template", description = TEMPLATE) String template) {
    ContainerDriver driver = driver(template);
    return script(driver)
        .run(ScriptArguments.deleteSnapshots(name))
        .orElseGet(
            () -> {
              OptionalInt count = driver.deleteSnapshots(name, console.call());
              return console.show(
                  new Deleted(name, count), out -> ContainerText.deleted(name, count, out));
            });
  }

  @Command(
      description = "Show how a container is; exit 0 if it does not exist, 2 inactive, 3 active.")
  int status(
      @Parameters(paramLabel = "name", description = NAME) String name,
      @Parameters(paramLabel = "template", description = TEMPLATE) String template) {
    ContainerDriver driver = driver(template);
    return script(driver)
        .run(ScriptArguments.status(name))
        .orElseGet(
            () -> {
              ContainerStatus status = driver.status(name);
              console.show(
                  new Status(name, status), out -> ContainerText.status(name, status, out));
              return status.code();
            });
  }

  private int done(String name, Change change, String state) {
    return console.show(
        new Done(name, change), out -> ContainerText.done(name, change, state, out));
  }

  private ContainerDriver driver(String template) {
    return console.overc().containerDriver(template);
  }

  private ScriptRun script(ContainerDriver driver) {
    return new ScriptRun(driver, console);
  }

  record Done(String name, Change change) {}

  record Deleted(String name, OptionalInt deleted) {}

  record Status(String name, ContainerStatus status) {}
}
