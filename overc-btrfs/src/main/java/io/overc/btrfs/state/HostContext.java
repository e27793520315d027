package io.overc.btrfs.state;

import io.overc.btrfs.boot.BootFiles;
import io.overc.btrfs.boot.KeptFiles;
import io.overc.btrfs.boot.Modules;
import io.overc.btrfs.boot.StagedFiles;
import io.overc.btrfs.fs.Libc;
import io.overc.btrfs.fs.PrivateNamespace;
import io.overc.btrfs.fs.Subvolumes;
import io.overc.btrfs.packages.PackageManager;
import io.overc.btrfs.packages.PackageManagers;
import io.overc.btrfs.packages.Root;
import io.overc.error.BusyException;
import io.overc.error.InterruptedOperationException;
import io.overc.spi.Mutations;
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
  private final Mutations mutations;
  private final PrivateNamespace namespace;
  private final Subvolumes subvolumes;
  private final @Nullable HostLock lock;

  private HostContext(
      HostSettings settings,
      HostMounts mounts,
      PrivateNamespace namespace,
      @Nullable HostLock lock) {
    this.settings = settings;
    this.mounts = mounts;
    this.mutations = new CancellableMutations(settings.mutations());
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
      HostLock lock = HostLock.take(namespace.file(Layout.STATE), operation);
      return new HostContext(settings, mounts, namespace, lock);
    } catch (RuntimeException e) {
      namespace.close();
      throw e;
    }
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
    return new StagedFiles(settings.boot(), mutations);
  }

  /** Returns the boot files that were replaced, kept while something is pending. */
  public KeptFiles keptFiles() {
    return new KeptFiles(settings.boot(), state().resolve("boot"), mutations);
  }

  /** Returns the journal. */
  public Journal journal() {
    return new Journal(state(), mutations);
  }

  /** Returns the record of the last switch. */
  public SwitchRecord switchRecord() {
    return new SwitchRecord(state());
  }

  /** Tells whether an operation changes the host just now. */
  public boolean isLocked() {
    return HostLock.isHeld(state());
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
  public void change(String name, Mutations.Action<IOException> action) throws IOException {
    mutations.run(name, action);
  }

  /** Commits the file system: everything done so far survives a power cut. */
  public void sync() throws IOException {
    change("sync", () -> Libc.sync(file("")));
  }

  /** Returns a subvolume as a root for package managers, with proc, sysfs and devices in it. */
  public Root root(String name) {
    return new SubvolumeRoot(namespace, name);
  }

  /** Returns the package manager of a root. */
  public PackageManager packageManager(String root) {
    return PackageManagers.choose(settings.packageManager(), settings.setup(), file(root));
  }

  /** Gives a root the kernel modules of another that it lacks. */
  public void carryModules(String from, String to) throws IOException {
    modules().carry(view(from), view(to));
  }

  /** Removes from a root the kernel modules that were carried into it. */
  public void dropCarriedModules(String root) throws IOException {
    modules().dropCarried(view(root));
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

  private Modules modules() {
    return new Modules(mutations, namespace::run);
  }

  private Modules.View view(String root) {
    return new Modules.View(file(root), namespace.seen(root));
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
