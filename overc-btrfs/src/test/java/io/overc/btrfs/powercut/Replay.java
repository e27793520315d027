package io.overc.btrfs.powercut;

import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.powercut.PowerCut.Loss;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;

/**
 * Yields a disk as a power cut would have left it. One image grows with the log, so cuts must come
 * in the order of the log.
 *
 * <p>Only what was written after the last flush can be lost; a forced write cannot once a later
 * entry shows that it was done. Any write can be torn between two sectors, but for a superblock: no
 * file system survives half of its superblock, whoever makes it write one, so that says nothing of
 * what is tested; it is written or it is not.
 */
public final class Replay {
  private static final int SECTOR = 512;

  private final Lab lab;
  private final WriteLog log;
  private final Path stable;
  private final List<Long> superblocks;
  private final boolean honest;
  private int applied;

  /**
   * Begins with the disk as it was before the recording.
   *
   * @param lab where
   * @param log what was recorded
   * @param before the disk before that
   * @param superblocks where on the disk the superblocks are, in bytes
   */
  public Replay(Lab lab, WriteLog log, Path before, List<Long> superblocks) {
    this(lab, log, before, superblocks, true);
  }

  private Replay(Lab lab, WriteLog log, Path before, List<Long> superblocks, boolean honest) {
    this.lab = lab;
    this.log = log;
    this.superblocks = List.copyOf(superblocks);
    this.honest = honest;
    this.stable = lab.newPath("stable");
    copy(before, stable);
  }

  /**
   * Replays a disk that lies: it says that a flush is done and has done nothing. No file system
   * survives that, so a check that passes on such a disk checks nothing.
   *
   * @param lab where
   * @param log what was recorded
   * @param before the disk before that
   * @param superblocks where on the disk the superblocks are, in bytes
   * @return a replay that loses flushed writes too
   */
  public static Replay ofLyingDisk(Lab lab, WriteLog log, Path before, List<Long> superblocks) {
    return new Replay(lab, log, before, superblocks, false);
  }

  /**
   * Makes a disk.
   *
   * @param cut when the power went; not before that of the last call
   * @param target the file that becomes the disk
   */
  public void disk(PowerCut cut, Path target) {
    List<LoggedWrite> entries = log.entries();
    int flushed = cut.entries();
    while (flushed > applied && !(honest && entries.get(flushed - 1).flush())) {
      flushed--;
    }
    try {
      try (FileChannel disk = open(stable)) {
        while (applied < flushed) {
          LoggedWrite entry = entries.get(applied++);
          log.apply(entry, disk, entry.bytes());
        }
      }
      copy(stable, target);
      try (FileChannel disk = open(target)) {
        applySome(entries.subList(applied, cut.entries()), cut, disk);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot replay " + cut, e);
    }
  }

  private void applySome(List<LoggedWrite> unflushed, PowerCut cut, FileChannel disk)
      throws IOException {
    Random random = new Random(cut.seed());
    int chosen = unflushed.isEmpty() ? 0 : random.nextInt(unflushed.size());
    for (int i = 0; i < unflushed.size(); i++) {
      LoggedWrite entry = unflushed.get(i);
      boolean last = i == unflushed.size() - 1;
      boolean there =
          switch (cut.loss()) {
            case NOTHING, TORN -> true;
            case ONE -> i != chosen;
            case ALL_BUT_ONE -> i == chosen;
            case HALF -> random.nextBoolean();
            case HALF_AND_TORN -> last || random.nextBoolean();
          };
      boolean torn = last && (cut.loss() == Loss.TORN || cut.loss() == Loss.HALF_AND_TORN);
      if (there || (entry.forced() && !last)) {
        log.apply(entry, disk, torn ? some(entry, random) : entry.bytes());
      }
    }
  }

  private long some(LoggedWrite entry, Random random) {
    if (superblocks.stream().anyMatch(at -> entry.offset() <= at && at < end(entry))) {
      return random.nextBoolean() ? entry.bytes() : 0;
    }
    return entry.bytes() == 0 ? 0 : (long) SECTOR * random.nextInt((int) (entry.bytes() / SECTOR));
  }

  private static long end(LoggedWrite entry) {
    return entry.offset() + entry.bytes();
  }

  private void copy(Path from, Path to) {
    lab.run("copy the disk", "cp", "--sparse=always", "--reflink=auto", from, to);
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.WRITE);
  }
}
