package io.overc.btrfs;

import io.overc.btrfs.boot.BootFiles;
import io.overc.btrfs.boot.KeptFiles;
import io.overc.btrfs.boot.Modules;
import io.overc.btrfs.boot.StagedFiles;
import io.overc.btrfs.fs.Mount;
import io.overc.btrfs.fs.PrivateNamespace;
import io.overc.btrfs.fs.Subvolumes;
import io.overc.error.BusyException;
import io.overc.internal.file.DurableFiles;
import io.overc.internal.file.IoErrors;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockFile;
import io.overc.internal.packages.PackageManager;
import io.overc.internal.packages.PackageRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One verb at work: the top-level subvolume is mounted, and locked if the verb changes something.
 */
final class Session implements AutoCloseable {
  private final Settings settings;
  private final Mount mount;
  private final PrivateNamespace namespace;
  private final Subvolumes subvolumes;
  private final BootFiles bootFiles;
  private final StagedFiles stagedFiles;
  private final @Nullable HeldLock lock;

  private Session(
      Settings settings,
      Mount mount,
      String kernel,
      PrivateNamespace namespace,
      @Nullable HeldLock lock) {
    this.settings = settings;
    this.mount = mount;
    this.namespace = namespace;
    this.subvolumes = new Subvolumes(namespace.file(""), namespace::run, namespace.seen(""));
    this.bootFiles = new BootFiles(settings.boot(), kernel);
    this.stagedFiles = new StagedFiles(settings.boot(), settings.effects());
    this.lock = lock;
  }

  /** Opens a session that only looks. */
  static Session reading(Settings settings, HostMounts mounts) {
    PrivateNamespace namespace = PrivateNamespace.open(settings.runner(), mounts.device());
    return new Session(settings, mounts.root(), mounts.kernel(), namespace, null);
  }

  /**
   * Opens a session that may change something.
   *
   * @throws BusyException if another one is open
   */
  static Session changing(Settings settings, HostMounts mounts, String verb) {
    PrivateNamespace namespace = PrivateNamespace.open(settings.runner(), mounts.device());
    try {
      HeldLock lock = lock(namespace.file(Layout.STATE)).take(verb);
      return new Session(settings, mounts.root(), mounts.kernel(), namespace, lock);
    } catch (IOException e) {
      namespace.close();
      throw IoErrors.failed("lock the host", e);
    } catch (RuntimeException e) {
      namespace.close();
      throw e;
    }
  }

  private static LockFile lock(Path state) {
    return LockFile.at(state.resolve("lock"), "The host");
  }

  Settings settings() {
    return settings;
  }

  Subvolumes subvolumes() {
    return subvolumes;
  }

  BootFiles bootFiles() {
    return bootFiles;
  }

  StagedFiles stagedFiles() {
    return stagedFiles;
  }

  /** Returns the boot files that were replaced, kept while something is pending. */
  KeptFiles keptFiles() {
    return new KeptFiles(settings.boot(), state().resolve("boot"), settings.effects());
  }

  Journal journal() {
    return new Journal(state(), settings.effects());
  }

  SwitchRecord switchRecord() {
    return new SwitchRecord(state());
  }

  boolean isLocked() {
    return lock(state()).isHeld();
  }

  HostState read() {
    return HostState.of(mount, subvolumes.defaultId(), subvolumes.list());
  }

  HostState relist(HostState state) {
    return state.with(subvolumes.list());
  }

  Path file(String name) {
    return namespace.file(name);
  }

  /** Runs an action that changes the host. */
  void change(String name, io.overc.spi.SideEffects.Action<IOException> action) throws IOException {
    settings.effects().run(name, action);
  }

  /** Commits the file system: everything done so far survives a power cut. */
  void sync() throws IOException {
    change("sync", () -> DurableFiles.syncFileSystem(file("")));
  }

  PackageRoot root(String name) {
    return settings.packages().open(namespace, name);
  }

  PackageManager packageManager(String root) {
    return settings.packages().choose(file(root));
  }

  void carryModules(String from, String to) throws IOException {
    modules().carry(file(from), file(to));
  }

  void dropCarriedModules(String root) throws IOException {
    modules().dropCarried(file(root));
  }

  /**
   * Deletes subvolumes, those of them that are there; never the running, the default or the backup
   * one.
   */
  void delete(HostState state, List<String> names) throws IOException {
    List<String> there =
        names.stream()
            .filter(state::exists)
            .filter(name -> !name.equals(Layout.BACKUP))
            .filter(name -> state.idOf(name) != state.runningId())
            .filter(name -> state.idOf(name) != state.defaultId())
            .toList();
    if (!there.isEmpty()) {
      change("delete " + String.join(", ", there), () -> subvolumes.delete(there));
    }
  }

  private Modules modules() {
    return new Modules(settings.effects());
  }

  private Path state() {
    return namespace.file(Layout.STATE);
  }

  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
    namespace.close();
  }
}
