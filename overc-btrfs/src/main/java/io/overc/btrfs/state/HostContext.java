package io.overc.btrfs.state;

import io.overc.btrfs.boot.BootFiles;
import io.overc.btrfs.boot.KeptFiles;
import io.overc.btrfs.boot.Modules;
import io.overc.btrfs.boot.StagedFiles;
import io.overc.btrfs.fs.PrivateNamespace;
import io.overc.btrfs.fs.Subvolumes;
import io.overc.error.BusyException;
import io.overc.error.InterruptedOperationException;
import io.overc.internal.file.DurableFiles;
import io.overc.internal.file.IoErrors;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockFile;
import io.overc.internal.packages.PackageManager;
import io.overc.internal.packages.PackageRoot;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host while one operation works on it: its top-level subvolume is mounted, and locked if the
 * operation changes something. Not thread-safe.
 */
public final class HostContext implements AutoCloseable {
  private final HostSettings settings;
  private final HostMounts mounts;
  private final SideEffects effects;
  private final PrivateNamespace namespace;
  private final Subvolumes subvolumes;
  private final @Nullable HeldLock lock;

  private HostContext(
      HostSettings settings,
      HostMounts mounts,
      PrivateNamespace namespace,
      @Nullable HeldLock lock) {
    this.settings = settings;
    this.mounts = mounts;
    this.effects = new CancellableEffects(settings.effects());
    this.namespace = namespace;
    this.subvolumes = new Subvolumes(namespace.file(""), namespace::run, namespace.seen(""));
    this.lock = lock;
  }

  /**
   * Opens a host to read it.
   *
   * @param settings where it is
   * @return the context, to be closed
   */
  public static HostContext reading(HostSettings settings) {
    HostMounts mounts = HostMounts.find(settings);
    PrivateNamespace namespace = PrivateNamespace.open(settings.runner(), mounts.device());
    return new HostContext(settings, mounts, namespace, null);
  }

  /**
   * Opens a host to change it.
   *
   * @param settings where it is
   * @param operation what for; told to those who are refused meanwhile
   * @return the context, to be closed
   * @throws BusyException if another operation changes the host
   */
  public static HostContext changing(HostSettings settings, String operation) {
    HostMounts mounts = HostMounts.find(settings);
    PrivateNamespace namespace = PrivateNamespace.open(settings.runner(), mounts.device());
    try {
      HeldLock lock = lock(namespace.file(Layout.STATE)).take(operation);
      return new HostContext(settings, mounts, namespace, lock);
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

  /** Returns the settings. */
  public HostSettings settings() {
    return settings;
  }

  /** Returns the device of the file system. */
  public String device() {
    return mounts.device();
  }

  /** Returns the subvolumes. */
  public Subvolumes subvolumes() {
    return subvolumes;
  }

  /** Returns the boot directory as it is. */
  public BootFiles bootFiles() {
    return new BootFiles(settings.boot(), mounts.kernel());
  }

  /** Returns the boot files that are to replace others. */
  public StagedFiles stagedFiles() {
    return new StagedFiles(settings.boot(), effects);
  }

  /** Returns the boot files that were replaced, kept while something is pending. */
  public KeptFiles keptFiles() {
    return new KeptFiles(settings.boot(), state().resolve("boot"), effects);
  }

  /** Returns the journal. */
  public Journal journal() {
    return new Journal(state(), effects);
  }

  /** Returns the record of the last switch. */
  public SwitchRecord switchRecord() {
    return new SwitchRecord(state());
  }

  /** Tells whether an operation changes the host just now. */
  public boolean isLocked() {
    return lock(state()).isHeld();
  }

  /** Reads which subvolumes there are, which runs, and which is the default. */
  public HostState read() {
    return HostState.of(mounts.root(), subvolumes.defaultId(), subvolumes.list());
  }

  /** Returns a state with the subvolumes that there are now. */
  public HostState relist(HostState state) {
    return state.with(subvolumes.list());
  }

  /** Returns where this process finds something of the top-level subvolume. */
  public Path file(String name) {
    return namespace.file(name);
  }

  /**
   * Changes the host.
   *
   * @param name what the change does
   * @param action the change
   * @throws IOException if it fails
   * @throws InterruptedOperationException if the operation is cancelled; nothing was changed then
   */
  public void change(String name, SideEffects.Action<IOException> action) throws IOException {
    effects.run(name, action);
  }

  /** Commits the file system: everything done so far survives a power cut. */
  public void sync() throws IOException {
    change("sync", () -> DurableFiles.syncFileSystem(file("")));
  }

  /** Returns a subvolume as a root for package managers, with proc, sysfs and devices in it. */
  public PackageRoot root(String name) {
    return settings.packages().open(namespace, name);
  }

  /** Returns the package manager of a root. */
  public PackageManager packageManager(String root) {
    return settings.packages().choose(file(root));
  }

  /** Gives a root the kernel modules of another that it lacks. */
  public void carryModules(String from, String to) throws IOException {
    new Modules(effects).carry(file(from), file(to));
  }

  /** Removes from a root the kernel modules that were carried into it. */
  public void dropCarriedModules(String root) throws IOException {
    new Modules(effects).dropCarried(file(root));
  }

  /**
   * Deletes subvolumes, those of them that exist; never the running, the default or the backup one.
   */
  public void delete(HostState state, List<String> names) throws IOException {
    List<String> existing =
        names.stream()
            .filter(state::exists)
            .filter(name -> !name.equals(Layout.BACKUP))
            .filter(name -> state.idOf(name) != state.runningId())
            .filter(name -> state.idOf(name) != state.defaultId())
            .toList();
    if (!existing.isEmpty()) {
      change("delete " + String.join(", ", existing), () -> subvolumes.delete(existing));
    }
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
