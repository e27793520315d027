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
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandResult;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotStore;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Maintains containers by calling the site script of the template, with the argument list that
 * {@link ScriptArguments} spells for each operation: one call of the script for each operation, and
 * one of {@code -A} after an operation that failed, to tell a missing container from another
 * failure.
 *
 * <p>What the scripts print for {@code -L} and {@code -B} is up to the site; this driver takes the
 * first word of each line for the name, and for {@code -B} the rest of the line for the comment. An
 * operation whose script does not return 0 fails with a {@link
 * io.overc.exec.CommandFailedException} that carries the exit code; where there is no such
 * container it fails with a {@link io.overc.error.NotFoundException} that has it as its cause, and
 * where the container is active and was not to be stopped with a {@link RefusedException} likewise.
 *
 * <p>Locking, readiness and the way back from a failed activation are not controlled by OverC.
 * Thread-safe as far as the script is.
 */
public final class ScriptContainerDriver implements ContainerDriver {
  private final ScriptCalls calls;

  ScriptContainerDriver(ScriptCalls calls) {
    this.calls = calls;
  }

  /**
   * {@return a new builder of a driver without configuration}
   *
   * @param template the name of the template, which is that of its script
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
    return calls.containers().stream()
        .map(name -> new Container(name, Optional.empty(), Optional.of(calls.template())))
        .toList();
  }

  @Override
  public SnapshotStore snapshots() {
    return new ScriptSnapshotStore(calls);
  }

  @Override
  public ActivateResult activate(String name, WhenActive whenActive, OperationOptions call) {
    List<String> arguments = ScriptArguments.activate(name, whenActive);
    calls.change(OperationKind.CONTAINER_ACTIVATE, name, arguments, whenActive, call);
    return new ActivateResult(name, ActivateResult.Outcome.UNKNOWN, Optional.empty());
  }

  @Override
  public Change start(String name, OperationOptions call) {
    return changed(OperationKind.CONTAINER_START, name, ScriptArguments.start(name), call);
  }

  @Override
  public Change stop(String name, OperationOptions call) {
    return changed(OperationKind.CONTAINER_STOP, name, ScriptArguments.stop(name), call);
  }

  @Override
  public ImageResult sendImage(ImageSource image, OperationOptions call) {
    if (image.digest().isPresent()) {
      throw new RefusedException(
          RefusedException.Guard.UNSUPPORTED,
          "A container script cannot check the digest of " + image.location(),
          Remedy.other("send it without one"));
    }
    List<String> arguments = ScriptArguments.sendImage(image);
    calls.run(OperationKind.CONTAINER_SEND_IMAGE, image.location(), arguments, call);
    return new ImageResult(Change.UNKNOWN, Optional.empty());
  }

  @Override
  public ImageResult update(OperationOptions call) {
    calls.run(OperationKind.CONTAINER_UPDATE, calls.template(), ScriptArguments.update(), call);
    return new ImageResult(Change.UNKNOWN, Optional.empty());
  }

  @Override
  public UpgradeResult upgrade(String name, UpgradeSource source, OperationOptions call) {
    if (source == UpgradeSource.PACKAGES) {
      changed(OperationKind.CONTAINER_UPGRADE, name, ScriptArguments.upgrade(name), call);
    } else {
      List<String> activate = ScriptArguments.activate(name, WhenActive.STOP);
      Operation.run(
          call, OperationKind.CONTAINER_UPGRADE, name, whole -> upgrade(whole, name, activate));
    }
    return new UpgradeResult(name, source, Change.UNKNOWN, Optional.empty());
  }

  private boolean upgrade(Operation whole, String name, List<String> activate) {
    whole.child(
        OperationKind.CONTAINER_UPDATE,
        calls.template(),
        part -> calls.run(part, ScriptArguments.update()));
    return whole.child(
        OperationKind.CONTAINER_ACTIVATE,
        name,
        part -> calls.change(part, name, activate, WhenActive.STOP));
  }

  @Override
  public RollbackResult rollback(String name, OperationOptions call) {
    changed(OperationKind.CONTAINER_ROLLBACK, name, ScriptArguments.rollback(name), call);
    return new RollbackResult(name, Optional.empty());
  }

  @Override
  public RollbackResult rollback(String name, String snapshot, OperationOptions call) {
    List<String> arguments = ScriptArguments.rollback(name, snapshot);
    changed(OperationKind.CONTAINER_ROLLBACK, name, arguments, call);
    return new RollbackResult(name, SnapshotId.parse(snapshot));
  }

  @Override
  public void delete(String name, WhenActive whenActive, OperationOptions call) {
    List<String> arguments = ScriptArguments.delete(name, whenActive);
    calls.change(OperationKind.CONTAINER_DELETE, name, arguments, whenActive, call);
  }

  /**
   * Calls the script and hands its output through as it comes; for command lines.
   *
   * @param arguments an argument list of {@link ScriptArguments}
   * @param out receives each line of the standard output
   * @param err receives each line of the standard error; never at the same time as {@code out}
   * @return the result, whatever the exit code
   */
  public CommandResult call(List<String> arguments, Consumer<String> out, Consumer<String> err) {
    return calls.raw(arguments, out, err);
  }

  private Change changed(
      OperationKind kind, String name, List<String> arguments, OperationOptions call) {
    calls.change(kind, name, arguments, WhenActive.STOP, call);
    return Change.UNKNOWN;
  }
}
