package io.overc.testkit;

import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.spi.Instance;
import io.overc.spi.Place;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A machine with containers that exists in memory only. It outlives the engines that work on it, as
 * a real one outlives processes; so a test can let one die and begin another. Thread-safe as far as
 * its methods are.
 */
public final class InMemoryMachine {
  /** How often an instance that was told to end is seen running before it has ended. */
  private static final int DYING_FOR = 2;

  final Map<String, Map<Place, Box>> places = new HashMap<>();
  final Map<String, String> intents = new HashMap<>();
  final Set<String> frozen = new HashSet<>();
  final Map<SnapshotId, Kept> snapshots = new LinkedHashMap<>();
  final Set<String> damaged = new HashSet<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  String image = "good";
  int packages = 1;
  boolean packagesFail;

  /** Makes a machine without containers, whose image comes up. */
  public InMemoryMachine() {}

  /** An instance at a place. */
  static final class Box {
    final Map<String, String> files = new HashMap<>();
    String template = "memory";
    Instance.State state = Instance.State.STOPPED;
    boolean started;
    boolean broken;
    private int dying;

    Box copy() {
      Box copy = new Box();
      copy.files.putAll(files);
      copy.template = template;
      copy.broken = broken;
      return copy;
    }

    /** It is told to end, and does so only after a while. */
    void dying() {
      dying = DYING_FOR;
    }

    void look() {
      if (dying > 0 && --dying == 0) {
        state = Instance.State.STOPPED;
      }
    }

    void end() {
      dying = 0;
      state = Instance.State.STOPPED;
    }
  }

  /** A snapshot and what is in it. */
  record Kept(Snapshot snapshot, Box box) {}

  Map<Place, Box> places(String name) {
    return places.computeIfAbsent(name, any -> new EnumMap<>(Place.class));
  }

  /** Numbers are never used twice, so no id comes back. */
  int number(String name) {
    return numbers.merge(name, 1, Integer::sum);
  }

  /**
   * Writes into a container.
   *
   * @param name the container
   * @param text what {@link #read} returns
   */
  public synchronized void write(String name, String text) {
    Box box = places(name).get(Place.CURRENT);
    if (box == null) {
      throw new IllegalStateException("no container " + name);
    }
    box.files.put("text", text);
  }

  /**
   * Reads from a container, or from what an interrupted operation has put aside of it.
   *
   * @param name the container
   * @return what was written; empty in a new one
   */
  public synchronized String read(String name) {
    Box box = places(name).getOrDefault(Place.CURRENT, places(name).get(Place.OLD));
    if (box == null) {
      throw new IllegalStateException("no container " + name);
    }
    return box.files.getOrDefault("text", "");
  }

  /**
   * Makes an entry unreadable.
   *
   * @param name the container
   */
  public synchronized void damage(String name) {
    damaged.add(name);
  }

  /**
   * Offers a newer package to the containers.
   *
   * @param failing whether its installation fails half-way
   */
  public synchronized void offerPackage(boolean failing) {
    packages++;
    packagesFail = failing;
  }

  /**
   * Freezes a container, as a person would.
   *
   * @param name the container
   * @param state what it does from now on
   */
  public synchronized void set(String name, Instance.State state) {
    Box box = places(name).get(Place.CURRENT);
    if (box == null) {
      throw new IllegalStateException("no container " + name);
    }
    box.state = state;
  }

  /**
   * Tells whether a container stands still.
   *
   * @param name the container
   * @return whether it is frozen
   */
  public synchronized boolean isFrozen(String name) {
    Box box = places(name).get(Place.CURRENT);
    return box != null && box.state == Instance.State.FROZEN;
  }

  /**
   * Replaces the image that containers are made from.
   *
   * @param name {@code good}, {@code broken}, or empty for none
   */
  public synchronized void image(String name) {
    image = name;
  }

  /**
   * Tells whether nothing is half-installed in a container.
   *
   * @param name the container
   * @return whether it is whole
   */
  public synchronized boolean isWhole(String name) {
    Box box = places(name).get(Place.CURRENT);
    return box != null && !box.files.containsKey("half");
  }

  /**
   * Spoils what is in a container: it ends at once from its next start on.
   *
   * @param name the container
   */
  public synchronized void spoil(String name) {
    Box box = places(name).get(Place.CURRENT);
    if (box == null) {
      throw new IllegalStateException("no container " + name);
    }
    box.broken = true;
  }
}
