package io.overc.examples.custom;

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
import io.overc.container.Template;
import io.overc.container.UpgradeResult;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Drives {@link Programs} as containers. It can snapshot and go back; what it cannot do it does not
 * declare in {@link #features}, and refuses.
 */
final class ProgramDriver implements ContainerDriver {
  private static final String DEFAULT = "while :; do sleep 1; done\n";

  private final Programs programs;
  private final Template template;

  ProgramDriver(Programs programs, Template template) {
    this.programs = programs;
    this.template = template;
  }

  @Override
  public Set<ContainerFeature> features() {
    return Set.of(ContainerFeature.SNAPSHOT);
  }

  @Override
  public ContainerStatus status(String name) {
    // Every name is checked before it becomes part of a path or a command.
    if (!programs.exists(ContainerNames.container(name))) {
      return ContainerStatus.ABSENT;
    }
    return programs.process(name).isPresent() ? ContainerStatus.ACTIVE : ContainerStatus.INACTIVE;
  }

  @Override
  public List<Container> list() {
    return programs.names().stream()
        .map(name -> new Container(name, Optional.of(status(name)), Optional.empty()))
        .toList();
  }

  @Override
  public List<Snapshot> listSnapshots(String name) {
    return Programs.names(programs.snapshots(ContainerNames.container(name))).stream()
        .map(id -> new Snapshot(name, SnapshotId.of(id), Optional.empty(), Optional.empty()))
        .toList();
  }

  @Override
  public ActivateResult activate(String name, WhenActive whenActive, OperationOptions call) {
    return run(
        "activate",
        name,
        call,
        () -> {
          boolean present = programs.exists(name);
          Optional<String> snapshot = Optional.empty();
          if (present) {
            end(name, "activate", whenActive);
            snapshot = Optional.of(copy(name));
            programs.remove(programs.directory(name));
          }
          install(name);
          programs.start(name);
          return new ActivateResult(
              name,
              present ? ActivateResult.Outcome.REPLACED : ActivateResult.Outcome.CREATED,
              snapshot);
        });
  }

  @Override
  public Change start(String name, OperationOptions call) {
    return runPresent(
        "start",
        name,
        call,
        () -> {
          if (programs.process(name).isPresent()) {
            return Change.UNCHANGED;
          }
          programs.start(name);
          return Change.CHANGED;
        });
  }

  @Override
  public Change stop(String name, OperationOptions call) {
    return runPresent(
        "stop",
        name,
        call,
        () -> {
          if (programs.process(name).isEmpty()) {
            return Change.UNCHANGED;
          }
          programs.stop(name);
          return Change.CHANGED;
        });
  }

  @Override
  public ImageResult sendImage(ImageSource image, OperationOptions call) {
    throw new RefusedException("The program driver takes no images: set template.NAME.image");
  }

  @Override
  public ImageResult update(OperationOptions call) {
    throw new RefusedException("The program driver updates no images: set template.NAME.image");
  }

  @Override
  public UpgradeResult upgrade(String name, UpgradeSource source, OperationOptions call) {
    ContainerNames.container(name);
    if (source == UpgradeSource.PACKAGES) {
      throw new RefusedException("Cannot upgrade " + name + ": programs have no packages");
    }
    ActivateResult result = activate(name, WhenActive.STOP, call);
    return new UpgradeResult(name, source, Change.CHANGED, result.snapshot());
  }

  @Override
  public RollbackResult rollback(String name, OperationOptions call) {
    List<Snapshot> all = listSnapshots(name);
    if (all.isEmpty()) {
      throw new NotFoundException("Cannot roll back " + name + ": it has no snapshot");
    }
    return rollback(name, all.get(all.size() - 1).id().text(), call);
  }

  @Override
  public RollbackResult rollback(String name, String snapshot, OperationOptions call) {
    Path from =
        programs
            .snapshots(ContainerNames.container(name))
            .resolve(ContainerNames.snapshot(snapshot));
    return runPresent(
        "rollback",
        name,
        call,
        () -> {
          if (!Files.isDirectory(from)) {
            throw new NotFoundException("There is no snapshot " + snapshot + " of " + name);
          }
          boolean active = programs.process(name).isPresent();
          programs.stop(name);
          programs.remove(programs.directory(name));
          programs.copy(from, programs.directory(name));
          if (active) {
            programs.start(name);
          }
          return new RollbackResult(name, Optional.of(snapshot));
        });
  }

  @Override
  public Optional<Snapshot> snapshot(String name, OperationOptions call) {
    return runPresent(
        "snapshot",
        name,
        call,
        () ->
            Optional.of(
                new Snapshot(name, SnapshotId.of(copy(name)), Optional.empty(), Optional.empty())));
  }

  @Override
  public void delete(String name, WhenActive whenActive, OperationOptions call) {
    runPresent(
        "delete",
        name,
        call,
        () -> {
          end(name, "delete", whenActive);
          programs.remove(programs.directory(name));
          return true;
        });
  }

  @Override
  public OptionalInt deleteSnapshots(String name, OperationOptions call) {
    return run(
        "delete snapshots",
        name,
        call,
        () -> {
          int count = listSnapshots(name).size();
          programs.remove(programs.snapshots(name));
          return OptionalInt.of(count);
        });
  }

  private String copy(String name) {
    List<Snapshot> all = listSnapshots(name);
    int last = all.isEmpty() ? 0 : Integer.parseInt(all.get(all.size() - 1).id().text());
    String id = "%06d".formatted(last + 1);
    programs.copy(programs.directory(name), programs.snapshots(name).resolve(id));
    return id;
  }

  private void install(String name) {
    try {
      Path directory = Files.createDirectories(programs.directory(name));
      String text =
          template.image().isPresent() ? Files.readString(template.imagePath().get()) : DEFAULT;
      Files.writeString(directory.resolve("program"), text);
    } catch (IOException e) {
      throw Programs.failed("install " + name, e);
    }
  }

  private void end(String name, String verb, WhenActive whenActive) {
    if (programs.process(name).isPresent() && whenActive == WhenActive.REFUSE) {
      throw new RefusedException("Cannot " + verb + " " + name + ": it is active; stop it first");
    }
    programs.stop(name);
  }

  private <T> T runPresent(String verb, String name, OperationOptions call, Supplier<T> work) {
    return run(
        verb,
        name,
        call,
        () -> {
          if (!programs.exists(name)) {
            throw new NotFoundException("There is no program " + name);
          }
          return work.get();
        });
  }

  /** Every verb: the name checked, one at a time, and told to the listener. */
  private <T> T run(String verb, String name, OperationOptions call, Supplier<T> work) {
    ContainerNames.container(name);
    programs.lock(name);
    try (Operation operation = Operation.start(call.listener(), "container " + verb, name, 1)) {
      operation.step(verb + " " + name);
      T result = work.get();
      operation.succeeded(verb + " of " + name + " done");
      return result;
    } finally {
      programs.unlock(name);
    }
  }
}
