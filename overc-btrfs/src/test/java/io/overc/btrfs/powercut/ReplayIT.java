package io.overc.btrfs.powercut;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.powercut.PowerCut.Loss;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds that a replayed power cut loses what a disk may lose, and nothing else. */
class ReplayIT {
  private static final int SECTOR = 512;
  private static final int SECTORS = 8;

  private Lab lab;
  private Path before;
  private Path written;
  private int entries;
  private final ByteBuffer bytes =
      ByteBuffer.allocate(64 * SECTOR).order(ByteOrder.LITTLE_ENDIAN).position(SECTOR);

  @BeforeEach
  void makeLog() throws IOException {
    Real.tools("cp");
    lab = Lab.open();
    before = Files.write(lab.newPath("before"), new byte[SECTORS * SECTOR]);
    write(0, "aa");
    entry(0, 0, 1, "");
    write(2, "bbb");
    write(5, "c");
    write(6, "dd");
    entry(0, 0, 1, "");
    bytes.putLong(0, 0x6a736677736872L).putLong(8, 1).putLong(16, entries).putInt(24, SECTOR);
    written = Files.write(lab.newPath("log"), bytes.array());
  }

  @AfterEach
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  @DisplayName("at a flush everything before it is there")
  void atFlushes() throws IOException {
    try (WriteLog log = WriteLog.open(written)) {
      assertThat(PowerCuts.atFlushes(log)).extracting(PowerCut::entries).containsExactly(2, 6);
      Replay replay = new Replay(lab, log, before, List.of());
      assertThat(disk(replay, new PowerCut(2, Loss.NOTHING, 0))).isEqualTo("aa......");
      assertThat(disk(replay, new PowerCut(6, Loss.NOTHING, 0))).isEqualTo("aabbbcdd");
    }
  }

  @Test
  @DisplayName("any subset of what was not flushed may be lost, and nothing that was")
  void losses() throws IOException {
    try (WriteLog log = WriteLog.open(written)) {
      assertThat(outcomes(log, Loss.ONE))
          .containsExactlyInAnyOrder("aa...cdd", "aabbb.dd", "aabbbc..");
      assertThat(outcomes(log, Loss.ALL_BUT_ONE))
          .containsExactlyInAnyOrder("aabbb...", "aa...c..", "aa....dd");
      assertThat(outcomes(log, Loss.HALF)).hasSize(8).allMatch(disk -> disk.startsWith("aa"));
      assertThat(outcomes(log, Loss.TORN)).containsExactlyInAnyOrder("aabbbc..", "aabbbcd.");
    }
  }

  @Test
  @DisplayName("a superblock is written or not, but not torn")
  void superblocks() throws IOException {
    try (WriteLog log = WriteLog.open(written)) {
      Set<String> outcomes = new HashSet<>();
      for (long seed = 0; seed < 50; seed++) {
        Replay replay = new Replay(lab, log, before, List.of(7L * SECTOR));
        outcomes.add(disk(replay, new PowerCut(5, Loss.TORN, seed)));
      }
      assertThat(outcomes).containsExactlyInAnyOrder("aabbbc..", "aabbbcdd");
    }
  }

  private Set<String> outcomes(WriteLog log, Loss loss) throws IOException {
    Set<String> outcomes = new HashSet<>();
    Replay replay = new Replay(lab, log, before, List.of());
    for (long seed = 0; seed < 100; seed++) {
      outcomes.add(disk(replay, new PowerCut(5, loss, seed)));
    }
    return outcomes;
  }

  /** Returns the first byte of each sector. */
  private String disk(Replay replay, PowerCut cut) throws IOException {
    Path target = lab.directory().resolve("target");
    replay.disk(cut, target);
    byte[] disk = Files.readAllBytes(target);
    StringBuilder text = new StringBuilder();
    for (int sector = 0; sector < SECTORS; sector++) {
      text.append(disk[sector * SECTOR] == 0 ? '.' : (char) disk[sector * SECTOR]);
    }
    return text.toString();
  }

  private void write(long sector, String data) {
    entry(sector, data.length(), 0, data);
  }

  private void entry(long sector, long sectors, long flags, String data) {
    int start = bytes.position();
    bytes.putLong(sector).putLong(sectors).putLong(flags).putLong(sectors * SECTOR);
    bytes.position(start + SECTOR);
    for (int i = 0; i < data.length(); i++) {
      byte[] filled = new byte[SECTOR];
      java.util.Arrays.fill(filled, (byte) data.charAt(i));
      bytes.put(filled);
    }
    entries++;
  }
}
