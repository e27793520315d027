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
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  private static final String TEMPLATE = "Template of container.";

  private final Console console;

  ContainerCommand(Console console) {
    this.console = console;
  }

  /** The container that a command is about. */
  static final class Target {
    @Parameters(index = "0", paramLabel = "name", description = "Name of container.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "template", description = TEMPLATE)
    private String template = "";
  }

  /** What a template does that is no site script. */
  private interface Own {
    int run(ContainerDriver driver);
  }

  /** Passes a site script through, or lets the driver do it. */
  private int run(String template, List<String> script, Own own) {
    ContainerDriver driver = driver(template);
    return new ScriptRun(driver, console).run(script).orElseGet(() -> own.run(driver));
  }

  /** As {@link #run}, but with --json the output of the script is read. */
  private int list(String template, List<String> script, Own own) {
    return console.json() ? own.run(driver(template)) : run(template, script, own);
  }

  private ContainerDriver driver(String template) {
    return console.overc().containerDriver(template);
  }

  @Command(name = "list_containers", description = "List containers available.")
  int listContainers(@Parameters(paramLabel = "template", description = TEMPLATE) String template) {
    return list(
        template,
        ScriptArguments.list(),
        driver -> {
          var containers = driver.list();
          return console.show(containers, out -> ContainerText.containers(containers, out));
        });
  }

  @Command(name = "list_snapshots", description = "List snapshots available for container.")
  int listSnapshots(@Mixin Target target) {
    return list(
        target.template,
        ScriptArguments.listSnapshots(target.name),
        driver -> {
          var snapshots = driver.snapshots().list(target.name);
          return console.show(
              snapshots.stream().map(ContainerText.Shown::new).toList(),
              out -> ContainerText.snapshots(snapshots, out));
        });
  }

  @Command(description = "Rollback container upgrade.")
  int rollback(
      @Mixin Target target,
      @Parameters(
              index = "2",
              arity = "0..1",
              paramLabel = "snapshot_name",
              description = "Name of snapshot; the latest if none is named.")
          @Nullable String snapshot) {
    return run(
        target.template,
        snapshot == null
            ? ScriptArguments.rollback(target.name)
            : ScriptArguments.rollback(target.name, snapshot),
        driver -> {
          OperationOptions call = console.call();
          RollbackResult result =
              snapshot == null
                  ? driver.rollback(target.name, call)
                  : driver.rollback(target.name, snapshot, call);
          return console.show(result, out -> ContainerText.rollback(result, out));
        });
  }

  @Command(description = "Update to the latest image available.")
  int update(@Parameters(paramLabel = "template", description = TEMPLATE) String template) {
    return run(
        template,
        ScriptArguments.update(),
        driver -> {
          var result = driver.update(console.call());
          return console.show(result, out -> ContainerText.image(template, result, out));
        });
  }

  @Command(
      description =
          "Upgrade the specified container: from the template's image, or from packages with -r.")
  int upgrade(
      @Mixin Target target,
      @Option(names = "-r", description = "Upgrade using the package repository.")
          boolean packages) {
    ContainerDriver driver = driver(target.template);
    ScriptRun script = new ScriptRun(driver, console);
    Optional<Integer> code =
        packages
            ? script.run(ScriptArguments.upgrade(target.name))
            : script.run(
                ScriptArguments.update(), ScriptArguments.activate(target.name, WhenActive.STOP));
    return code.orElseGet(
        () -> {
          UpgradeSource source = packages ? UpgradeSource.PACKAGES : UpgradeSource.IMAGE;
          var result = driver.upgrade(target.name, source, console.call());
          return console.show(result, out -> ContainerText.upgrade(result, out));
        });
  }

  @Command(description = "Snapshot a container.")
  int snapshot(@Mixin Target target) {
    return run(
        target.template,
        ScriptArguments.snapshot(target.name),
        driver -> {
          SnapshotStore store = driver.snapshots();
          SnapshotOptions options = SnapshotOptions.safest(store.features());
          Snapshot made = store.create(target.name, options, console.call());
          return console.show(
              new ContainerText.Shown(made), out -> ContainerText.snapshot(made, out));
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
    Own own =
        driver -> {
          var result = driver.sendImage(image, console.call());
          return console.show(result, out -> ContainerText.image(template, result, out));
        };
    // The protocol of scripts has no digest: such a call is refused by the driver.
    return digest == null
        ? run(template, ScriptArguments.sendImage(image), own)
        : own.run(driver(template));
  }

  @Command(description = "Start container.")
  int start(@Mixin Target target) {
    return run(
        target.template,
        ScriptArguments.start(target.name),
        driver -> done(target.name, driver.start(target.name, console.call()), "active"));
  }

  @Command(description = "Stop container.")
  int stop(@Mixin Target target) {
    return run(
        target.template,
        ScriptArguments.stop(target.name),
        driver -> done(target.name, driver.stop(target.name, console.call()), "inactive"));
  }

  @Command(description = "Activate container: create it from the template's image, or replace it.")
  int activate(
      @Option(names = "-f", description = "Force the container to be created if it's active.")
          boolean force,
      @Mixin Target target) {
    WhenActive whenActive = force ? WhenActive.STOP : WhenActive.REFUSE;
    return run(
        target.template,
        ScriptArguments.activate(target.name, whenActive),
        driver -> {
          var result = driver.activate(target.name, whenActive, console.call());
          return console.show(result, out -> ContainerText.activate(result, out));
        });
  }

  @Command(description = "Delete container; its snapshots stay.")
  int delete(
      @Option(names = "-f", description = "Force the container to be deleted if it's active.")
          boolean force,
      @Mixin Target target) {
    WhenActive whenActive = force ? WhenActive.STOP : WhenActive.REFUSE;
    return run(
        target.template,
        ScriptArguments.delete(target.name, whenActive),
        driver -> {
          driver.delete(target.name, whenActive, console.call());
          return done(target.name, Change.CHANGED, "deleted");
        });
  }

  @Command(name = "delete_snapshots", description = "Delete all snapshots of container.")
  int deleteSnapshots(@Mixin Target target) {
    return run(
        target.template,
        ScriptArguments.deleteSnapshots(target.name),
        driver -> {
          int count = driver.snapshots().deleteAll(target.name, console.call());
          return console.show(
              new Deleted(target.name, count),
              out -> ContainerText.deleted(target.name, count, out));
        });
  }

  @Command(
      description = "Show how a container is; exit 0 if it does not exist, 2 inactive, 3 active.")
  int status(@Mixin Target target) {
    return run(
        target.template,
        ScriptArguments.status(target.name),
        driver -> {
          ContainerStatus status = driver.status(target.name);
          console.show(
              new Status(target.name, status),
              out -> ContainerText.status(target.name, status, out));
          return status.code();
        });
  }

  private int done(String name, Change change, String state) {
    return console.show(
        new Done(name, change), out -> ContainerText.done(name, change, state, out));
  }

  record Done(String name, Change change) {}

  record Deleted(String name, int deleted) {}

  record Status(String name, ContainerStatus status) {}
}
