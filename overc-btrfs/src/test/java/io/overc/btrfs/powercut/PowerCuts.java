package io.overc.btrfs.powercut;

import io.overc.btrfs.powercut.PowerCut.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Chooses when to cut the power during what a log holds. */
public final class PowerCuts {
  private static final List<Loss> LOSSES =
      List.of(Loss.HALF, Loss.ONE, Loss.TORN, Loss.ALL_BUT_ONE, Loss.HALF_AND_TORN);

  private PowerCuts() {}

  /**
   * Cuts right after every flush.
   *
   * @param log the log
   * @return one cut per flush, and one at the end
   */
  public static List<PowerCut> atFlushes(WriteLog log) {
    List<PowerCut> cuts = new ArrayList<>();
    for (int flush : log.flushes()) {
      cuts.add(new PowerCut(flush + 1, Loss.NOTHING, 0));
    }
    return cuts;
  }

  /**
   * Cuts between two flushes, with losses: the last of them before the second flush is done.
   *
   * @param log the log
   * @param perEpoch how many cuts between two flushes; fewer if there is only one write
   * @param seed chooses the places and the losses
   * @return the cuts, in the order of the log
   */
  public static List<PowerCut> between(WriteLog log, int perEpoch, long seed) {
    List<PowerCut> cuts = new ArrayList<>();
    Random random = new Random(seed);
    int begin = 0;
    int kind = 0;
    for (int flush : log.flushes()) {
      int writes = flush - begin;
      for (int i = 0; i < perEpoch && writes > 0; i++) {
        // Where the most is unflushed the most can go wrong: half of the cuts are at the end.
        int at = i % 2 == 0 ? flush : begin + 1 + random.nextInt(writes);
        Loss loss = writes == 1 ? Loss.TORN : LOSSES.get(kind++ % LOSSES.size());
        cuts.add(new PowerCut(at, loss, random.nextLong()));
        if (writes == 1) {
          break;
        }
      }
      begin = flush + 1;
    }
    return cuts;
  }
}
