package io.overc.internal.compare;

import io.overc.internal.compare.Visitor.Mask;
import io.overc.internal.compare.Visitor.Obstacle;
import io.overc.internal.compare.Visitor.Reason;
import io.overc.internal.compare.Visitor.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Remembers what a comparison told, and that it told each path once. */
class Recording implements Visitor {
  final Map<Path, Shared> shared = new ConcurrentSkipListMap<>();
  final Map<Path, Reason> kept = new ConcurrentSkipListMap<>();
  final Map<Path, Mask> masked = new ConcurrentSkipListMap<>();
  final Map<Path, Obstacle> obstacles = new ConcurrentSkipListMap<>();
  final List<Path> twice = Collections.synchronizedList(new ArrayList<>());

  /** Compares with one thread. */
  static Recording of(Path directory, Path... sources) throws IOException {
    Recording recording = new Recording();
    new Comparison(directory, List.of(sources), 1).run(recording);
    return recording;
  }

  @Override
  public void shared(Shared entry) throws IOException {
    put(shared, entry.path(), entry);
  }

  @Override
  public void kept(Path path, Reason reason) {
    put(kept, path, reason);
  }

  @Override
  public void masked(Path path, Mask mask) {
    put(masked, path, mask);
  }

  @Override
  public void obstacle(Path path, Obstacle obstacle) {
    put(obstacles, path, obstacle);
  }

  private <T> void put(Map<Path, T> map, Path path, T value) {
    if (map.put(path, value) != null) {
      twice.add(path);
    }
  }
}
