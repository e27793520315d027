package io.overc.script;

import io.overc.container.ActivateResult;
import io.overc.container.Change;
import io.overc.container.Container;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerFeature;
import io.overc.container.ContainerNames;
import io.overc.container.ContainerStatus;
import io.overc.container.ImageResult;
import io.overc.container.ImageSource;
import io.overc.container.RollbackResult;
import io.overc.container.UpgradeResult;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.error.RefusedException;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandResult;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Maintains containers by calling the site script of the template, with the argument list that
 * {@link ScriptArguments} spells for each verb: one call of the script for each verb, and one of
 * {@code -A} after a verb that failed, to tell a missing container from another failure.
 *
 * <p>What the scripts print for {@code -L} and {@code -B} is up to the site; this driver takes the
 * first word of each line for the name, and for {@code -B} the rest of the line for the comment. A
 * verb whose script does not return 0 fails with a {@link io.overc.exec.CommandFailedException}
 * that carries the exit code; where there is no such container it fails with a {@link
 * io.overc.error.NotFoundException} that has it as its cause, and where the container is active and
 * was not to be stopped with a {@link RefusedException} likewise.
 *
 * <p>Locking, readiness and the way back from a failed activation are the script's own business.
 * Thread-safe as far as the script is.
 */
public final class ScriptContainerDriver implements ContainerDriver {
  private final ScriptCalls calls;

  ScriptContainerDriver(ScriptCalls calls) {
    this.calls = calls;
  }

  /**
   * Begins a driver without configuration.
   *
   * @param template the name of the template, which is that of its script
   * @return a builder
   */
  public static ScriptContainerDriverBuilder builder(String template) {
    return new ScriptContainerDriverBuilder(ContainerNames.template(template));
  }

  @Override
  public Set<ContainerFeature> features() {
    return Set.copyOf(
        EnumSet.of(
            ContainerFeature.SEND_IMAGE,
            ContainerFeature.UPDATE,
            ContainerFeature.UPGRADE_PACKAGES,
            ContainerFeature.SNAPSHOT));
  }

  @Override
  public ContainerStatus status(String name) {
    return calls.status(name);
  }

  @Override
  public List<Container> list() {
    return calls
        .read("list the containers", ScriptArguments.list())
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> new Container(word(line), Optional.empty(), Optional.of(calls.template())))
        .sorted(Comparator.comparing(Container::name))
        .toList();
  }

  @Override
  public List<Snapshot> listSnapshots(String name) {
    return calls
        .read("list the snapshots of " + name, ScriptArguments.listSnapshots(name))
        .lines()
        .filter(line -> !line.isBlank())
        .flatMap(line -> snapshot(name, line).stream())
        .toList();
  }

  private static Optional<Snapshot> snapshot(String name, String line) {
    return SnapshotId.parse(word(line))
        .map(id -> new Snapshot(name, id, Optional.empty(), rest(line)));
  }

  @Override
  public ActivateResult activate(String name, WhenActive whenActive, OperationOptions call) {
    List<String> arguments = ScriptArguments.activate(name, whenActive);
    calls.change("activate", name, arguments, whenActive, call);
    return new ActivateResult(name, ActivateResult.Outcome.UNKNOWN, Optional.empty());
  }

  @Override
  public Change start(String name, OperationOptions call) {
    return changed("start", name, ScriptArguments.start(name), call);
  }

  @Override
  public Change stop(String name, OperationOptions call) {
    return changed("stop", name, ScriptArguments.stop(name), call);
  }

  @Override
  public ImageResult sendImage(ImageSource image, OperationOptions call) {
    if (image.digest().isPresent()) {
      throw new RefusedException(
          "A container script cannot check the digest of %s: send it without one"
              .formatted(image.location()));
    }
    calls.run("send image", image.location(), ScriptArguments.sendImage(image), call);
    return new ImageResult(Change.UNKNOWN, Optional.empty());
  }

  @Override
  public ImageResult update(OperationOptions call) {
    calls.run("update", calls.template(), ScriptArguments.update(), call);
    return new ImageResult(Change.UNKNOWN, Optional.empty());
  }

  @Override
  public UpgradeResult upgrade(String name, UpgradeSource source, OperationOptions call) {
    if (source == UpgradeSource.PACKAGES) {
      changed("upgrade", name, ScriptArguments.upgrade(name), call);
    } else {
      ContainerNames.container(name);
      update(call);
      activate(name, WhenActive.STOP, call);
    }
    return new UpgradeResult(name, source, Change.UNKNOWN, Optional.empty());
  }

  @Override
  public RollbackResult rollback(String name, OperationOptions call) {
    changed("rollback", name, ScriptArguments.rollback(name), call);
    return new RollbackResult(name, Optional.empty());
  }

  @Override
  public RollbackResult rollback(String name, String snapshot, OperationOptions call) {
    changed("rollback", name, ScriptArguments.rollback(name, snapshot), call);
    return new RollbackResult(name, Optional.of(snapshot));
  }

  @Override
  public Optional<Snapshot> snapshot(String name, OperationOptions call) {
    changed("snapshot", name, ScriptArguments.snapshot(name), call);
    return Optional.empty();
  }

  @Override
  public void delete(String name, WhenActive whenActive, OperationOptions call) {
    List<String> arguments = ScriptArguments.delete(name, whenActive);
    calls.change("delete", name, arguments, whenActive, call);
  }

  @Override
  public OptionalInt deleteSnapshots(String name, OperationOptions call) {
    calls.run("delete snapshots", name, ScriptArguments.deleteSnapshots(name), call);
    return OptionalInt.empty();
  }

  /**
   * Calls the script and hands its output through as it comes; for command lines.
   *
   * @param arguments an argument list of {@link ScriptArguments}
   * @param out hears each line of the standard output
   * @param err hears each line of the standard error; never at the same time as {@code out}
   * @return what came of it, whatever it returned
   */
  public CommandResult call(List<String> arguments, Consumer<String> out, Consumer<String> err) {
    return calls.raw(arguments, out, err);
  }

  private Change changed(String verb, String name, List<String> arguments, OperationOptions call) {
    calls.change(verb, name, arguments, WhenActive.STOP, call);
    return Change.UNKNOWN;
  }

  private static String word(String line) {
    return line.strip().split("\\s+", 2)[0];
  }

  private static Optional<String> rest(String line) {
    String[] parts = line.strip().split("\\s+", 2);
    return parts.length == 2 ? Optional.of(parts[1]) : Optional.empty();
  }
}
