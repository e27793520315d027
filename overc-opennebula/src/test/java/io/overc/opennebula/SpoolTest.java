package io.overc.opennebula;

import static io.overc.opennebula.Site.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.BusyException;
import io.overc.error.RefusedException;
import io.overc.error.VerificationException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.image.EventKeptException;
import io.overc.image.ImageEvent;
import io.overc.image.ImageOutcome;
import io.overc.image.ImageResult;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockDirectory;
import io.overc.opennebula.frontend.Admin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir private Path directory;
  private Site site;
  private Admin admin;
  private Path spool;

  @BeforeEach
  void setUp() {
    spool = directory.resolve("spool");
    site = new Site(directory).set("opennebula.spool", spool.toString());
    admin = site.frontEnd().admin();
  }

  @AfterEach
  void tearDown() {
    site.close();
  }

  private List<String> kept(Path where) throws IOException {
    try (Stream<Path> files = Files.list(where)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".event"))
          .sorted()
          .toList();
    }
  }

  @Test
  @DisplayName("an event that cannot be handled is kept with its reason, and replayed")
  void keeps() throws IOException {
    admin.full(true);
    ImageEvent event = site.available(ID, "one").with("DC_TITLE", "a\n\"b\" = ü #\\");
    assertThatThrownBy(() -> site.handle(event))
        .isInstanceOf(EventKeptException.class)
        .hasCauseInstanceOf(RefusedException.class)
        .hasMessageContaining("Not enough space")
        .hasMessageContaining(spool.toString());
    assertThat(kept(spool)).hasSize(1);
    assertThat(Files.readString(spool.resolve(kept(spool).get(0)))).contains("Not enough space");
    assertThat(site.handler().replay(OperationOptions.defaults()))
        .singleElement()
        .matches(result -> result.failure().isPresent());
    admin.full(false);
    List<ImageResult> results = site.handler().replay(OperationOptions.defaults());
    assertThat(results).singleElement().matches(result -> result.outcome().isPresent());
    assertThat(results.get(0).event()).isEqualTo(event);
    assertThat(site.current().attribute("VMCATCHER_EVENT_DC_TITLE")).isEqualTo("a\n\"b\" = ü #\\");
    assertThat(kept(spool)).isEmpty();
    assertThat(site.handler().replay(OperationOptions.defaults())).isEmpty();
  }

  @Test
  @DisplayName("events of one image are handled in order, also when the first could not be")
  void inOrder() throws IOException {
    admin.full(true);
    ImageEvent first = site.available(ID, "one");
    assertThatThrownBy(() -> site.handle(first)).isInstanceOf(EventKeptException.class);
    assertThatThrownBy(() -> site.handle(site.expired(ID))).isInstanceOf(EventKeptException.class);
    assertThat(site.handle(ImageEvent.of("ExpirePrefix", ID)))
        .isInstanceOf(ImageOutcome.Ignored.class);
    assertThat(kept(spool)).hasSize(2);
    admin.full(false);
    site.available(ID, "two");
    assertThat(site.handler().replay(OperationOptions.defaults()))
        .as("the first is not there any more, the expiry finds nothing")
        .hasSize(2);
    assertThat(admin.images()).isEmpty();
    assertThat(kept(spool)).isEmpty();
    assertThat(kept(spool.resolve("rejected"))).hasSize(1);
  }

  @Test
  @DisplayName("a new event handles those before it first")
  void newEventBringsTheOldOnes() throws IOException {
    admin.full(true);
    ImageEvent first = site.available(ID, "one");
    assertThatThrownBy(() -> site.handle(first)).isInstanceOf(EventKeptException.class);
    admin.full(false);
    assertThat(site.handle(site.expired(ID))).isInstanceOf(ImageOutcome.Expired.class);
    assertThat(admin.images()).hasSize(1);
    assertThat(kept(spool)).isEmpty();
  }

  @Test
  @DisplayName("an event that is stuck does not hold up other images")
  void othersGoOn() {
    site.set("opennebula.vo.big.datastore", "99");
    ImageEvent stuck = site.available(ID, "one").with("VO", "big");
    assertThatThrownBy(() -> site.handle(stuck)).isInstanceOf(EventKeptException.class);
    assertThat(site.handle(site.available("other", "other")))
        .isInstanceOf(ImageOutcome.Registered.class);
    assertThat(site.handler().replay(OperationOptions.defaults())).hasSize(1);
  }

  @Test
  @DisplayName("an event that can never be handled is put aside")
  void rejects() throws IOException {
    ImageEvent wrong = site.available(ID, "one").with("HV_SIZE", "4711");
    assertThatThrownBy(() -> site.handle(wrong)).isInstanceOf(VerificationException.class);
    assertThat(kept(spool)).isEmpty();
    assertThat(kept(spool.resolve("rejected"))).hasSize(1);
    assertThat(site.handler().replay(OperationOptions.defaults())).isEmpty();
  }

  @Test
  @DisplayName("an event whose image another handler does not let go is kept, too")
  void busy() throws IOException {
    ImageEvent event = site.available(ID, "one");
    site.set("opennebula.copy-timeout", "50ms");
    try (HeldLock held = LockDirectory.at(spool).lock("lock", "the image", ID).take("hold it")) {
      assertThat(held.waited()).isFalse();
      assertThatThrownBy(() -> site.handle(event))
          .isInstanceOf(EventKeptException.class)
          .hasCauseInstanceOf(BusyException.class);
    }
    assertThat(kept(spool)).hasSize(1);
    site.set("opennebula.copy-timeout", "1m");
    assertThat(site.handler().replay(OperationOptions.defaults()))
        .singleElement()
        .matches(result -> result.outcome().isPresent());
  }

  @Test
  @DisplayName("kept events that were damaged are named, passed over, and hide no other")
  void damaged() throws IOException {
    admin.full(true);
    ImageEvent event = site.available(ID, "one");
    assertThatThrownBy(() -> site.handle(event)).isInstanceOf(EventKeptException.class);
    admin.full(false);
    Files.writeString(spool.resolve("0001-escape.event"), "\\u00zz");
    Files.writeString(spool.resolve("0002-empty.event"), "");
    Files.writeString(spool.resolve("without-number.event"), "x=y\n");
    Files.createDirectory(spool.resolve("0003-directory.event"));
    Files.createSymbolicLink(spool.resolve("0004-link.event"), Path.of("/dev/zero"));
    Files.write(spool.resolve("0005-large.event"), new byte[17 << 20]);
    List<ImageResult> results = site.handler().replay(OperationOptions.defaults());
    assertThat(results).filteredOn(result -> result.failure().isEmpty()).hasSize(1);
    assertThat(results.stream().flatMap(result -> result.failure().stream()))
        .extracting(Throwable::getMessage)
        .hasSize(6)
        .allMatch(message -> message.contains(".event is damaged: "))
        .anyMatch(message -> message.contains("0001-escape.event"));
    assertThat(site.current().state()).isEqualTo("READY");
    List<Event> events = new ArrayList<>();
    assertThat(site.handler().handle(site.available(ID, "two"), OperationOptions.of(events::add)))
        .isInstanceOf(ImageOutcome.Registered.class);
    assertThat(events).filteredOn(Event.Warned.class::isInstance).hasSize(6);
  }
}
