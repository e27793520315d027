package io.overc.opennebula;

import static io.overc.opennebula.Site.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.InvalidArgumentException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.UnavailableException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.image.ImageOutcome;
import io.overc.opennebula.frontend.Admin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can stop an event is a clear error, and leaves the old image as it was. */
class RefusalsTest {
  @TempDir private Path directory;
  private Site site;
  private Admin admin;

  @BeforeEach
  void setUp() {
    site = new Site(directory);
    admin = site.frontEnd().admin();
  }

  @AfterEach
  void tearDown() {
    site.close();
  }

  @Test
  @DisplayName("an image in state ERROR: the reason is told, the failed one removed, a retry works")
  void errorState() {
    site.handle(site.available(ID, "one"));
    admin.give(0, 0, 0, 0644);
    admin.failCopies("Error copying image in the datastore: No space left on device");
    ImageEvent event = site.available(ID, "two");
    assertThatThrownBy(() -> site.handle(event))
        .isInstanceOf(OvercException.class)
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("removed");
    assertThat(admin.images()).hasSize(1);
    assertThat(site.current().access()).isEqualTo("0:0 644");
    admin.failCopies("");
    assertThat(site.handle(event)).isInstanceOf(ImageOutcome.Registered.class);
    assertThat(site.current().access()).isEqualTo("0:0 644");
  }

  @Test
  @DisplayName("a dc:identifier that is too long or holds what OpenNebula refuses")
  void names() {
    for (String name : List.of("x".repeat(100), "a:b", "a'b", "a$b", " a", "a\nb", "<a>")) {
      assertThatThrownBy(() -> site.handle(site.available("file", "x").with("DC_IDENTIFIER", name)))
          .as(name)
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("dc:identifier");
    }
    assertThat(site.frontEnd().calls()).isEmpty();
  }

  @Test
  @DisplayName("the longest dc:identifier works through its whole life")
  void longestName() {
    String name = "x".repeat(128 - 39 - "_+0000-UTC".length());
    site.handle(site.available(name, "one"));
    site.handle(site.available(name, "two"));
    site.handle(site.expired(name));
    assertThat(admin.images()).hasSize(2).allMatch(image -> image.name().length() <= 128);
  }

  @Test
  @DisplayName("a user without the rights is told so, and the old image stays")
  void withoutRights() throws IOException {
    site.handle(site.available(ID, "one"));
    admin.give(0, 0, 0, 0644);
    int group = admin.group("egi");
    admin.user("alice", "secretpw", group);
    Files.writeString(site.auth(), "alice:secretpw");
    assertThatThrownBy(() -> site.handle(site.available(ID, "two")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("Not authorized")
        .hasMessageContaining("oneadmin");
    assertThat(site.image(0).name()).isEqualTo(ID);
    assertThat(site.image(0).access()).isEqualTo("0:0 644");
    assertThat(admin.named(ID)).hasSize(1);
    Files.writeString(site.auth(), "alice:wrong-password");
    assertThatThrownBy(() -> site.handle(site.available(ID, "two")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("ONE_AUTH")
        .hasMessageNotContaining("wrong-password");
  }

  @Test
  @DisplayName("a datastore that is full, missing by number, or missing by name")
  void datastores() {
    admin.full(true);
    assertThatThrownBy(() -> site.handle(site.available(ID, "one")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("Not enough space");
    admin.full(false);
    site.set("opennebula.datastore", "99");
    assertThatThrownBy(() -> site.handle(site.available(ID, "one")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("datastore [99]");
    site.set("opennebula.datastore", "fast");
    assertThatThrownBy(() -> site.handle(site.available(ID, "one")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no datastore of images 'fast'; it has default");
    site.set("opennebula.datastore", "files");
    assertThatThrownBy(() -> site.handle(site.available(ID, "one")))
        .isInstanceOf(RefusedException.class);
    assertThat(admin.images()).isEmpty();
  }

  @Test
  @DisplayName("a copy that is too slow is told, goes on, and is taken up by the next attempt")
  void slowCopy() {
    admin.slow(5);
    site.set("opennebula.copy-timeout", "1ms").set("opennebula.poll", "30ms");
    ImageEvent event = site.available(ID, "one");
    assertThatThrownBy(() -> site.handle(event))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("the copy goes on");
    site.set("opennebula.copy-timeout", "1m");
    List<Event> events = new ArrayList<>();
    site.handler().handle(event, OperationOptions.of(events::add));
    assertThat(events).anyMatch(Event.Progressed.class::isInstance);
    assertThat(admin.images()).hasSize(1);
    assertThat(site.current().state()).isEqualTo("READY");
  }

  @Test
  @DisplayName("a file in a directory that OpenNebula must not read")
  void unsafeDirectory() {
    ImageEvent event = site.event(ID, site.available(ID, "one").file());
    admin.failCopies("Not allowed to copy image file " + event.file());
    assertThatThrownBy(() -> site.handle(event)).hasMessageContaining("SAFE_DIRS");
    assertThat(admin.images()).isEmpty();
  }

  @Test
  @DisplayName("the front-end is down")
  void down() {
    ImageEvent event = site.available(ID, "one");
    site.frontEnd().close();
    assertThatThrownBy(() -> site.handle(event))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("check that it is running");
  }

  @Test
  @DisplayName("an image of another owner that only has the name is left alone")
  void foreignImage() {
    int group = admin.group("egi");
    int mallory = admin.user("mallory", "secretpw", group);
    int foreign = admin.image(mallory, group, ID);
    assertThat(site.handle(site.available(ID, "one"))).isInstanceOf(ImageOutcome.Registered.class);
    assertThat(site.image(foreign).name()).isEqualTo(ID);
    assertThat(site.image(foreign).access()).isEqualTo(mallory + ":" + group + " 600");
    site.handle(site.available(ID, "two"));
    site.handle(site.expired(ID));
    assertThat(site.image(foreign).name()).isEqualTo(ID);
  }

  @Test
  @DisplayName("an image of the same user that only has the name is in the way, and said to be")
  void foreignImageOfTheSameUser() {
    admin.image(0, 0, ID);
    ImageEvent event = site.available(ID, "one");
    assertThatThrownBy(() -> site.handle(event))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("another image of that name");
    admin.rename(0, "something-else");
    site.handle(event);
    assertThat(site.current().state()).isEqualTo("READY");
    assertThat(admin.images()).hasSize(2);
  }

  @Test
  @DisplayName("two images that could both be the current one are not guessed between")
  void ambiguous() {
    site.handle(site.available(ID, "one"));
    int other = admin.image(1, 0, ID);
    admin.mark(other, "VMCATCHER_EVENT_DC_IDENTIFIER", ID);
    assertThatThrownBy(() -> site.handle(site.available(ID, "two")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("image 0 (")
        .hasMessageContaining("image 1 (");
    assertThat(admin.images()).hasSize(2);
  }

  @Test
  @DisplayName("what an abandoned version left is dropped by the next one")
  void abandoned() {
    admin.slow(1000);
    site.set("opennebula.copy-timeout", "1ms");
    assertThatThrownBy(() -> site.handle(site.available(ID, "one")))
        .isInstanceOf(UnavailableException.class);
    admin.slow(0);
    site.handle(site.available(ID, "two"));
    assertThat(admin.images()).hasSize(1);
    assertThat(site.current().id()).isEqualTo(1);
  }
}
