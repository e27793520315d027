package io.overc.lxc;

import io.overc.container.ContainerNames;
import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandRunner;
import io.overc.internal.lock.HeldLock;
import io.overc.lxc.archive.Archives;
import io.overc.lxc.container.ContainerCopy;
import io.overc.lxc.container.ContainerLock;
import io.overc.lxc.container.Dependents;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.container.Removal;
import io.overc.lxc.container.Sharers;
import io.overc.lxc.disk.Subvolumes;
import io.overc.lxc.disk.Trees;
import io.overc.lxc.instance.Freezer;
import io.overc.lxc.instance.Instance;
import io.overc.lxc.instance.Readiness;
import io.overc.lxc.overlay.SharingEngine;
import io.overc.lxc.replacement.Adoption;
import io.overc.lxc.replacement.Replacement;
import io.overc.lxc.snapshot.SnapshotFiles;
import io.overc.spi.SideEffects;
import java.nio.file.Files;
import java.util.function.Function;

/**
 * Holds the parts that the driver and the store work with, made once from the settings. The parts
 * are in packages of their own; what puts many of them together takes all, and is here.
 */
final class LxcTools {
  final LxcSettings settings;
  final CommandRunner runner;
  final SideEffects effects;
  final LxcPath path;
  final Instance instance;
  final Subvolumes subvolumes;
  final Trees trees;
  final Archives archives;
  final SnapshotFiles snapshots;
  final Dependents dependents;
  final Sharers sharers;
  final SharingEngine sharing;
  final ContainerCopy copy;
  final Removal removal;
  final Replacement replacement;
  final Freezer freezer;

  LxcTools(LxcSettings settings, CommandRunner runner, SideEffects effects) {
    this.settings = settings;
    this.runner = runner;
    this.effects = effects;
    this.path = new LxcPath(settings.path(), settings.snapshots());
    Readiness readiness =
        new Readiness(settings.readyCommand(), settings.readyTimeout(), settings.readySettle());
    this.instance = new Instance(settings.path(), readiness, settings.stopTimeout(), runner);
    this.subvolumes = new Subvolumes(runner, settings.toolTimeout());
    this.trees = new Trees(runner, subvolumes, settings.toolTimeout());
    this.archives = new Archives(runner, settings.toolTimeout());
    this.snapshots = new SnapshotFiles(path);
    this.dependents = new Dependents(path);
    this.sharers = new Sharers(path);
    this.sharing = new SharingEngine(runner, effects, settings.toolTimeout());
    this.copy = new ContainerCopy(trees, subvolumes, effects);
    this.removal = new Removal(trees, effects);
    Adoption adoption = new Adoption(path, snapshots, copy, removal, trees, effects);
    this.replacement = new Replacement(path, instance, adoption, removal, effects);
    this.freezer = new Freezer(path, instance, effects);
  }

  /** Does something with a container that no other operation changes meanwhile. */
  <T> T locked(
      String verb, String name, int steps, OperationOptions call, Function<Operation, T> work) {
    ContainerNames.container(name);
    if (!Files.isDirectory(path.root())) {
      throw path.missing();
    }
    HeldLock lock = ContainerLock.of(path, name, verb);
    try (Operation operation = Operation.start(call.listener(), "container " + verb, name, steps)) {
      try {
        freezer.recover(name);
        new WayBack(this).recover(name, operation);
        replacement.recover(name, operation);
        snapshots.unfinished(name).forEach(removal::run);
        if (path.present(name)) {
          sharing.recover(path.container(name));
        }
        T result = work.apply(operation);
        operation.succeeded(verb + " of " + name + " done");
        return result;
      } catch (OvercException e) {
        operation.failed(e);
        throw e;
      }
    } finally {
      lock.close();
    }
  }
}
