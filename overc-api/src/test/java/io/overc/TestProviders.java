package io.overc;

import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.error.UnavailableException;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.Availability;
import io.overc.spi.SnapshotStoreProvider;
import io.overc.spi.ToolVersion;
import java.util.List;
import java.util.Optional;

/** Providers that do well or badly in one way each. */
final class TestProviders {
  private TestProviders() {}

  abstract static class Base implements SnapshotStoreProvider {
    private final String id;

    Base(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public List<ConfigKey<?>> keys() {
      return List.of(ConfigKey.text(id + ".key", "of " + id), ConfigKey.flag("shared", "of all"));
    }

    @Override
    public Availability availability(Config config) {
      return Availability.usable("found " + id);
    }

    @Override
    public List<ToolVersion> tools(Config config) {
      return List.of(new ToolVersion("tool", Optional.of("1.0"), ""));
    }

    @Override
    public SnapshotStore create(Config config) {
      throw new UnavailableException("made by " + getClass().getSimpleName());
    }
  }

  public static final class One extends Base {
    public One() {
      super("one");
    }
  }

  public static final class Two extends Base {
    public Two() {
      super("two");
    }
  }

  public static final class OtherOne extends Base {
    public OtherOne() {
      super("one");
    }
  }

  public static final class BadId extends Base {
    public BadId() {
      super("Bad_Id");
    }
  }

  public static final class Unusable extends Base {
    public Unusable() {
      super("unusable");
    }

    @Override
    public Availability availability(Config config) {
      return Availability.unusable("'tool' is missing: install it");
    }
  }

  public static final class ThrowsInConstructor extends Base {
    public ThrowsInConstructor() {
      super("constructor");
      throw new IllegalStateException("constructor");
    }
  }

  public static final class ThrowsInId extends Base {
    public ThrowsInId() {
      super("id");
    }

    @Override
    public String id() {
      throw new IllegalStateException("id");
    }
  }

  public static final class LacksAClass extends Base {
    static {
      if (true) {
        throw new NoClassDefFoundError("com/example/Missing");
      }
    }

    public LacksAClass() {
      super("lacks");
    }
  }

  public static final class ThrowsEverywhere extends Base {
    public ThrowsEverywhere() {
      super("everywhere");
    }

    @Override
    public List<ConfigKey<?>> keys() {
      throw new IllegalStateException("keys");
    }

    @Override
    public Availability availability(Config config) {
      throw new IllegalStateException("availability");
    }

    @Override
    public List<ToolVersion> tools(Config config) {
      throw new IllegalStateException("tools");
    }
  }
}
