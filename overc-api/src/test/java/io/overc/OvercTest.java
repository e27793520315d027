package io.overc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.error.BackendException;
import io.overc.error.ConfigException;
import io.overc.error.NotFoundException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.SnapshotStoreProvider;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OvercTest {
  private static final String PACKAGE = "io.overc.TestProviders$";

  @TempDir private Path directory = Path.of("unset");

  private Overc overc(Class<?>... providers) throws IOException {
    return overc(Config.empty(), Stream.of(providers).map(Class::getName).toArray(String[]::new));
  }

  private Overc overc(Config config, String... providers) throws IOException {
    return builder(config, providers).load();
  }

  private OvercBuilder builder(Config config, String... providers) throws IOException {
    return Overc.builder()
        .config(config)
        .classLoader(
            new ProviderClassLoader(directory).provide(SnapshotStoreProvider.class, providers));
  }

  @Test
  @DisplayName("the only usable backend is made")
  void onlyUsableIsMade() throws IOException {
    Overc overc = overc(TestProviders.One.class, TestProviders.Unusable.class);
    assertThatThrownBy(overc::snapshotStore).hasMessage("made by One");
  }

  @Test
  @DisplayName("an explicit id wins, even over what says it is not usable")
  void explicitIdWins() throws IOException {
    Overc overc =
        overc(TestProviders.One.class, TestProviders.Two.class, TestProviders.Unusable.class);
    assertThatThrownBy(() -> overc.snapshotStore("two")).hasMessage("made by Two");
    assertThatThrownBy(() -> overc.snapshotStore("unusable")).hasMessage("made by Unusable");
  }

  @Test
  @DisplayName("a duplicate id names both classes")
  void duplicateId() {
    assertThatThrownBy(() -> overc(TestProviders.One.class, TestProviders.OtherOne.class))
        .isInstanceOf(BackendException.class)
        .hasMessage(
            "Two providers of a snapshot store have the id 'one': %sOne and %sOtherOne; remove one from the class path"
                .formatted(PACKAGE, PACKAGE));
  }

  @Test
  @DisplayName("an unknown id lists the ids found and the artifact to add")
  void unknownId() throws IOException {
    Overc overc = overc(TestProviders.Two.class, TestProviders.One.class);
    assertThatThrownBy(() -> overc.snapshotStore("btrfs"))
        .isInstanceOf(BackendException.class)
        .hasMessage(
            "There is no snapshot store 'btrfs'; found: one, two. Add io.overc:overc-btrfs to the class path as a dependency.");
    assertThatThrownBy(() -> overc.snapshotStore("zfs"))
        .hasMessage(
            "There is no snapshot store 'zfs'; found: one, two. Add the artifact that provides 'zfs' to the class path as a dependency.");
    assertThatThrownBy(() -> overc.hostUpgrader("btrfs"))
        .hasMessage(
            "There is no host upgrader 'btrfs'; none was found. Add io.overc:overc-btrfs to the class path as a dependency.");
  }

  @Test
  @DisplayName("several usable and none chosen fails and lists them")
  void severalUsable() throws IOException {
    Overc overc =
        overc(TestProviders.Two.class, TestProviders.One.class, TestProviders.Unusable.class);
    assertThatThrownBy(overc::snapshotStore)
        .isInstanceOf(BackendException.class)
        .hasMessage("Several snapshot stores are usable here (one, two): choose one by its id");
  }

  @Test
  @DisplayName(
      "none usable fails with the reason of each; only where none was found is an artifact missing")
  void noneUsable() throws IOException {
    assertThatThrownBy(() -> overc(TestProviders.Unusable.class).snapshotStore())
        .isInstanceOf(BackendException.class)
        .hasMessage("No snapshot store is usable here; unusable: 'tool' is missing: install it");
    assertThatThrownBy(() -> overc().snapshotStore())
        .hasMessage(
            "No snapshot store is usable here; none was found. Add the artifact of a backend to the class path as a dependency.");
  }

  @Test
  @DisplayName("backends that the context class loader does not see are found all the same")
  void ownClassLoader() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      assertThat(Overc.load(Config.empty()).diagnose())
          .extracting(Diagnosis::id)
          .contains("directory");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  @DisplayName("a listener for all is told of every operation, beside the one of the call")
  void commonListener() throws IOException {
    Path subjects = Files.createDirectories(directory.resolve("subjects"));
    Files.createDirectory(subjects.resolve("web"));
    Config config =
        Config.of(
            Map.of(
                "directory.root",
                directory.resolve("snapshots").toString(),
                "directory.subjects",
                subjects.toString()));
    List<Event> all = new ArrayList<>();
    List<Event> one = new ArrayList<>();
    SnapshotStore store =
        Overc.builder().config(config).listener(all::add).load().snapshotStore("directory");
    store.create("web", SnapshotOptions.defaults(), OperationOptions.of(one::add));
    assertThat(all).isNotEmpty().isEqualTo(one);
    assertThatThrownBy(
            () -> store.create("absent", SnapshotOptions.defaults(), OperationOptions.defaults()))
        .isInstanceOf(NotFoundException.class);
    assertThat(all.get(all.size() - 1))
        .isInstanceOfSatisfying(Event.Finished.class, end -> assertThat(end.failure()).isPresent());
  }

  @Test
  @DisplayName("a bad id names the class and says what an id is")
  void badId() {
    assertThatThrownBy(() -> overc(TestProviders.BadId.class))
        .isInstanceOf(BackendException.class)
        .hasMessage(
            "The snapshot store %sBadId has the id 'Bad_Id': an id is lower-case letters, digits and hyphens, the first a letter"
                .formatted(PACKAGE));
  }

  @Test
  @DisplayName("broken providers do not hide the others, and diagnose tells of them")
  void brokenProviders() throws IOException {
    Overc overc =
        overc(
            Config.empty(),
            PACKAGE + "ThrowsInConstructor",
            "com.example.NoSuchClass",
            PACKAGE + "ThrowsInId",
            PACKAGE + "LacksAClass",
            "io.overc.OvercTest",
            PACKAGE + "ThrowsEverywhere",
            PACKAGE + "One");
    assertThatThrownBy(overc::snapshotStore).hasMessage("made by One");
    assertThatThrownBy(() -> overc.snapshotStore("two"))
        .hasMessageContaining(
            "found: everywhere, one; could not be loaded: "
                + PACKAGE
                + "ThrowsInConstructor, com.example.NoSuchClass, ");
    assertThat(overc.keys()).extracting(ConfigKey::name).contains("one.key", "shared");
    assertThat(overc.diagnose())
        .filteredOn(diagnosis -> !diagnosis.availability().usable())
        .extracting(Diagnosis::id)
        .containsExactlyInAnyOrder(
            "everywhere",
            PACKAGE + "ThrowsInConstructor",
            "com.example.NoSuchClass",
            PACKAGE + "ThrowsInId",
            PACKAGE + "LacksAClass",
            "io.overc.OvercTest");
  }

  @Test
  @DisplayName("diagnose tells for every backend whether it is usable, why, and its tools")
  void diagnoses() throws IOException {
    assertThat(overc(TestProviders.Unusable.class, TestProviders.One.class).diagnose())
        .extracting(Diagnosis::toString)
        .containsExactly(
            "Diagnosis[kind=snapshot store, id=one, availability=Availability[usable=true, reason=found one], tools=[ToolVersion[tool=tool, version=Optional[1.0], note=]]]",
            "Diagnosis[kind=snapshot store, id=unusable, availability=Availability[usable=false, reason='tool' is missing: install it], tools=[ToolVersion[tool=tool, version=Optional[1.0], note=]]]");
  }

  @Test
  @DisplayName("a class loader that cannot look up services is given up, not asked for ever")
  void stuckClassLoader() {
    ClassLoader stuck =
        new ClassLoader(getClass().getClassLoader()) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            throw new IOException("gone");
          }
        };
    Overc overc = Overc.builder().config(Config.empty()).classLoader(stuck).load();
    assertThatThrownBy(overc::snapshotStore).hasMessageContaining("could not be loaded");
  }

  @Test
  @DisplayName("loading checks the whole configuration and names every problem at once")
  void checksTheConfiguration() {
    Config config = Config.of(Map.of("one.kye", "x", "shared", "maybe", "lxc.path", "/x"));
    assertThatThrownBy(() -> overc(config, PACKAGE + "One"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "The configuration cannot be used: 'lxc.path' belongs to io.overc:overc-lxc, which is not on the class path;"
                + " 'one.kye' is not a known key (did you mean 'one.key'?);"
                + " 'shared' is 'maybe': expected one of true, false");
  }
}
