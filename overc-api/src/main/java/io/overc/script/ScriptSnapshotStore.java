package io.overc.script;

import io.overc.container.ContainerNames;
import io.overc.container.WhenActive;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The snapshots that a site script keeps. The script decides how they are made, and knows how to
 * delete all of a container only; ids are told apart within one container.
 */
final class ScriptSnapshotStore implements SnapshotStore {
  private final ScriptCalls calls;

  ScriptSnapshotStore(ScriptCalls calls) {
    this.calls = calls;
  }

  @Override
  public Set<SnapshotFeature> features() {
    return Set.of(SnapshotFeature.RESTORE_IN_PLACE);
  }

  @Override
  public List<String> subjects() {
    return calls.containers().stream().filter(name -> !list(name).isEmpty()).toList();
  }

  @Override
  public List<Snapshot> list(String subject) {
    return calls
        .read("list the snapshots of " + subject, ScriptArguments.listSnapshots(subject))
        .lines()
        .flatMap(line -> snapshot(subject, line).stream())
        .toList();
  }

  private static Optional<Snapshot> snapshot(String name, String line) {
    String[] words = line.strip().split("\\s+", 2);
    Optional<String> comment = words.length == 2 ? Optional.of(words[1]) : Optional.empty();
    return SnapshotId.parse(words[0]).map(id -> new Snapshot(name, id, Optional.empty(), comment));
  }

  @Override
  public Snapshot create(String subject, SnapshotOptions options, OperationOptions call) {
    ContainerNames.container(subject);
    if (options.freeze() || options.fullCopy() || options.comment().isPresent()) {
      throw new RefusedException(
          RefusedException.Guard.UNSUPPORTED,
          "Cannot snapshot %s as asked: a container script takes neither comments nor options"
              .formatted(subject),
          Remedy.other("snapshot it with the defaults"));
    }
    List<Snapshot> before = list(subject);
    List<String> arguments = ScriptArguments.snapshot(subject);
    calls.change(OperationKind.SNAPSHOT_CREATE, subject, arguments, WhenActive.STOP, call);
    List<Snapshot> made = new ArrayList<>(list(subject));
    made.removeAll(before);
    if (made.isEmpty()) {
      throw new OvercException(
          "The script of %s has made a snapshot of %s, but lists no new one"
              .formatted(calls.template(), subject));
    }
    return made.get(made.size() - 1);
  }

  @Override
  public void restore(SnapshotId id, String target, OperationOptions call) {
    List<String> arguments = ScriptArguments.rollback(target, id.text());
    calls.change(OperationKind.SNAPSHOT_RESTORE, target, arguments, WhenActive.STOP, call);
  }

  @Override
  public void delete(SnapshotId id, OperationOptions call) {
    throw new RefusedException(
        RefusedException.Guard.UNSUPPORTED,
        "A container script cannot delete the snapshot " + id + " alone, only all of a container");
  }

  @Override
  public int deleteAll(String subject, OperationOptions call) {
    int count = list(subject).size();
    List<String> arguments = ScriptArguments.deleteSnapshots(subject);
    calls.run(OperationKind.SNAPSHOT_DELETE, subject, arguments, call);
    return count;
  }
}
