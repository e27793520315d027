package io.overc.btrfs.lab;

import io.overc.exec.Command;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A machine's disk in a file, running: its default subvolume is mounted at {@link #root()}, its
 * boot partition at {@link #boot()}, both at places that stay the same whatever happens to the
 * disk.
 *
 * <p>Not thread-safe.
 */
public final class HostDisk implements AutoCloseable {
  private static final int TOP = 5;

  private final Lab lab;
  private final DiskLayout layout;
  private final Path image;
  private final Path root;
  private final Path boot;
  private final Path top;
  private final List<Path> devices = new ArrayList<>();

  private HostDisk(Lab lab, DiskLayout layout, Path image) {
    this.lab = lab;
    this.layout = layout;
    this.image = image;
    this.root = lab.newDirectory("root");
    this.boot = lab.newDirectory("boot");
    this.top = lab.newDirectory("top");
  }

  /**
   * Makes a disk with a system on it and starts it.
   *
   * @param lab where
   * @param layout its partitions
   * @param contents what is on it
   * @return the running disk, to be closed
   */
  public static HostDisk create(Lab lab, DiskLayout layout, Contents contents) {
    HostDisk disk = new HostDisk(lab, layout, lab.newPath("disk"));
    try {
      disk.format();
      contents.install(disk.root, disk.boot);
      disk.reboot();
      return disk;
    } catch (RuntimeException e) {
      disk.close();
      throw e;
    }
  }

  /**
   * Takes a file for a disk, as {@link #create} made it; it is off.
   *
   * @param lab where
   * @param layout its partitions
   * @param image the file; it may come and go, and change, while the disk is off
   * @return the disk, to be closed, which deletes the file
   */
  public static HostDisk of(Lab lab, DiskLayout layout, Path image) {
    return new HostDisk(lab, layout, image);
  }

  /**
   * Returns where what runs is mounted.
   *
   * @return a directory that stays the same
   */
  public Path root() {
    return root;
  }

  /**
   * Returns where the boot partition is mounted.
   *
   * @return a directory that stays the same
   */
  public Path boot() {
    return boot;
  }

  /**
   * Returns the image file; what is in it is complete only while the disk is off.
   *
   * @return the file
   */
  public Path image() {
    return image;
  }

  /**
   * Returns the block device of the btrfs partition.
   *
   * @return the device, while the disk runs or is plugged in
   */
  public Path rootDevice() {
    return devices.get(1);
  }

  /**
   * Returns the block device of the boot partition.
   *
   * @return the device, while the disk runs or is plugged in
   */
  public Path bootDevice() {
    return devices.get(0);
  }

  /** Attaches the block devices of a disk that is off; nothing is mounted. */
  public void plugIn() {
    if (devices.isEmpty()) {
      attach();
    }
  }

  /** Reboots: what comes up is the default subvolume. */
  public void reboot() {
    shutDown();
    startUp();
  }

  /** Reboots through the second boot entry: what comes up is {@code rootfs_bakup}. */
  public void rebootIntoBackup() {
    shutDown();
    startUp("-o", "subvol=rootfs_bakup");
  }

  /** Shuts down: nothing is mounted or attached any more. */
  public void shutDown() {
    lab.mounts().unmountBelow(top);
    lab.mounts().unmountBelow(root);
    lab.mounts().unmountBelow(boot);
    for (Path device : devices) {
      lab.loops().detach(device);
    }
    devices.clear();
  }

  /**
   * Starts the disk after {@link #shutDown}.
   *
   * @param options more arguments for the mount of the root, for example {@code -o} and {@code
   *     subvol=rootfs_bakup}
   */
  public void startUp(String... options) {
    plugIn();
    lab.mounts().mount(rootDevice(), root, options);
    lab.mounts().mount(bootDevice(), boot);
  }

  /**
   * Lets someone see the top-level subvolume, mounted for that time only.
   *
   * @param visitor what to do with the directory at which it is mounted
   * @param <T> what it returns
   * @return what it returned
   */
  public <T> T atTop(Function<Path, T> visitor) {
    lab.mounts().mount(rootDevice(), top, "-o", "subvolid=" + TOP);
    try {
      return visitor.apply(top);
    } finally {
      lab.mounts().unmount(top);
    }
  }

  /**
   * Keeps a copy of the whole disk as it is now, properly shut down; the disk is rebooted for that.
   *
   * @return the copy, good until the laboratory closes
   */
  public DiskState save() {
    shutDown();
    Path copy = lab.newPath("saved");
    copy(image, copy);
    startUp();
    return new DiskState(copy);
  }

  /**
   * Turns the whole disk back to a copy and starts it.
   *
   * @param state what {@link #save} returned
   */
  public void reset(DiskState state) {
    shutDown();
    copy(state.copy(), image);
    startUp();
  }

  /** Shuts down and deletes the disk. */
  @Override
  public void close() {
    Lab.undisturbed(this::scrap);
  }

  private void scrap() {
    shutDown();
    try {
      Files.deleteIfExists(image);
      Files.delete(root);
      Files.delete(boot);
      Files.delete(top);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the disk " + image, e);
    }
  }

  private void format() {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(layout.totalBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lab.run(
        "partition the disk",
        Command.of("sfdisk", "--quiet", image.toString()).input(layout.table()).build());
    attach();
    String bootType = layout.bootFileSystem().name().toLowerCase(Locale.ROOT);
    lab.run("format /boot", "mke2fs", "-q", "-F", "-t", bootType, bootDevice());
    lab.run("format the root", "mkfs.btrfs", "--quiet", rootDevice());
    atTop(
        directory -> {
          Path rootfs = directory.resolve("rootfs");
          lab.run("make the root's subvolume", "btrfs", "subvolume", "create", rootfs);
          return lab.run("make it the default", "btrfs", "subvolume", "set-default", rootfs);
        });
    lab.mounts().mount(rootDevice(), root);
    lab.mounts().mount(bootDevice(), boot);
  }

  private void attach() {
    devices.add(lab.loops().attach(image, DiskLayout.GAP, layout.bootBytes()));
    devices.add(lab.loops().attach(image, layout.rootOffset(), layout.rootBytes()));
  }

  private void copy(Path from, Path to) {
    lab.run("copy the disk", "cp", "--sparse=always", "--reflink=auto", from, to);
  }
}
