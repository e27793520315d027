package io.overc.opennebula;

import static io.overc.opennebula.Site.ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.image.ImageOutcome;
import io.overc.image.ImageOutcome.Registered;
import io.overc.opennebula.frontend.Admin;
import io.overc.opennebula.frontend.Image;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifeCycleTest {
  private static final String STAMP =
      "\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d_\\+0000-UTC(_\\d+)?";
  private Site site;
  private Admin admin;
  private int alice;
  private int egi;

  @BeforeEach
  void setUp(@TempDir Path directory) {
    site = new Site(directory);
    admin = site.frontEnd().admin();
    admin.slow(2);
    egi = admin.group("egi");
    alice = admin.user("alice", "secretpw", egi);
  }

  @AfterEach
  void tearDown() {
    site.close();
  }

  @Test
  @DisplayName("a first image belongs to the user of the handler, and is not public")
  void firstImage() {
    ImageEvent event = site.available(ID, "one");
    ImageOutcome outcome = site.handle(event);
    assertThat(outcome).isInstanceOf(Registered.class);
    Image image = site.current();
    assertThat(image.access()).isEqualTo("0:0 600");
    assertThat(image.state()).isEqualTo("READY");
    event.attributes().forEach((k, v) -> assertThat(image.attribute(k)).as(k).isEqualTo(v));
    assertThat(admin.images()).hasSize(1);
  }

  @Test
  @DisplayName("a first image is not public even where the cloud makes new images public")
  void firstImageIsNeverPublic() {
    admin.umask(0);
    site.handle(site.available(ID, "one"));
    assertThat(site.current().access()).isEqualTo("0:0 600");
  }

  @Test
  @DisplayName("an image made public keeps being public through an update")
  void publicImage() {
    site.handle(site.available(ID, "one"));
    admin.give(0, 0, 0, 0644);
    site.handle(site.available(ID, "two"));
    assertThat(site.current().access()).isEqualTo("0:0 644");
    assertThat(site.current().id()).isEqualTo(1);
    assertRetired(0, "DISABLED");
  }

  @Test
  @DisplayName("an image given to alice:egi 640 is updated, and the old one retired")
  void updateOfAnImageGivenAway() {
    site.handle(site.available(ID, "one"));
    admin.give(0, alice, egi, 0640);
    ImageOutcome outcome = site.handle(site.available(ID, "two"));
    assertThat(((Registered) outcome).replaced().orElseThrow().image()).isEqualTo("0");
    Image now = site.current();
    assertThat(now.id()).isEqualTo(1);
    assertThat(now.access()).isEqualTo(alice + ":" + egi + " 640");
    assertThat(now.state()).isEqualTo("READY");
    assertRetired(0, "DISABLED");
    assertThat(site.image(0).name())
        .isEqualTo(((Registered) outcome).replaced().orElseThrow().name());
  }

  @Test
  @DisplayName("the new version of a disabled image is disabled")
  void updateOfADisabledImage() {
    site.handle(site.available(ID, "one"));
    admin.give(0, alice, egi, 0640);
    admin.enable(0, false);
    site.handle(site.available(ID, "two"));
    assertThat(site.current().id()).isEqualTo(1);
    assertThat(site.current().state()).isEqualTo("DISABLED");
    assertThat(site.current().access()).isEqualTo(alice + ":" + egi + " 640");
    assertRetired(0, "DISABLED");
  }

  @Test
  @DisplayName("an image that machines use is retired but cannot be disabled")
  void updateWhileMachinesUseTheOldOne() {
    site.handle(site.available(ID, "one"));
    admin.give(0, alice, egi, 0640);
    admin.use(0);
    site.handle(site.available(ID, "two"));
    assertThat(site.current().id()).isEqualTo(1);
    assertThat(site.current().access()).isEqualTo(alice + ":" + egi + " 640");
    assertRetired(0, "USED");
  }

  @Test
  @DisplayName("an expired image is renamed, given to oneadmin and disabled")
  void expiry() {
    site.handle(site.available(ID, "one"));
    admin.give(0, alice, egi, 0640);
    assertThat(site.handle(site.expired(ID))).isInstanceOf(ImageOutcome.Expired.class);
    assertThat(admin.named(ID)).isEmpty();
    assertExpired(0, "DISABLED");
    assertThat(site.handle(site.expired(ID))).isNotNull();
    assertExpired(0, "DISABLED");
  }

  @Test
  @DisplayName("an expired image that machines use keeps working for them")
  void expiryWhileUsed() {
    site.handle(site.available(ID, "one"));
    admin.use(0);
    site.handle(site.expired(ID));
    assertExpired(0, "USED");
  }

  @Test
  @DisplayName(
      "an update after a real expiry is a first image again: the expired copy is not taken")
  void expiryFollowedByAnUpdate() {
    site.handle(site.available(ID, "one"));
    admin.give(0, alice, egi, 0644);
    site.handle(site.expired(ID));
    site.handle(site.available(ID, "two"));
    assertThat(site.current().id()).isEqualTo(1);
    assertThat(site.current().access()).isEqualTo("0:0 600");
    assertExpired(0, "DISABLED");
  }

  @Test
  @DisplayName("the expiry that is half of an update waits, and the update takes over everything")
  void expireHalfOfAnUpdate() {
    site.set("opennebula.expiry-grace", "10m");
    site.handle(site.available(ID, "one"));
    admin.give(0, alice, egi, 0640);
    assertThat(site.handle(site.expired(ID))).isInstanceOf(ImageOutcome.ExpiryPostponed.class);
    assertThat(site.current().id()).isZero();
    assertThat(site.current().access()).isEqualTo(alice + ":" + egi + " 640");
    site.handle(site.available(ID, "two"));
    assertThat(site.current().id()).isEqualTo(1);
    assertThat(site.current().access()).isEqualTo(alice + ":" + egi + " 640");
    assertRetired(0, "DISABLED");
  }

  @Test
  @DisplayName("three versions in a row leave one current image and two that were retired")
  void threeVersions() {
    site.handle(site.available(ID, "one"));
    admin.give(0, alice, egi, 0640);
    site.handle(site.available(ID, "two"));
    site.handle(site.available(ID, "three"));
    site.handle(site.available(ID, "four"));
    assertThat(site.current().id()).isEqualTo(3);
    assertThat(site.current().access()).isEqualTo(alice + ":" + egi + " 640");
    Set<String> names = new HashSet<>();
    for (int id = 0; id < 3; id++) {
      assertRetired(id, "DISABLED");
      names.add(site.image(id).name());
    }
    assertThat(names).as("names of what was retired").hasSize(3);
  }

  @Test
  @DisplayName("a version that is offered already is said to be, and nothing is changed")
  void sameVersionAgain() {
    site.handle(site.available(ID, "one"));
    site.frontEnd().forget();
    assertThat(site.handle(site.available(ID, "one"))).isEqualTo(new ImageOutcome.Unchanged("0"));
    assertThat(site.frontEnd().calls()).containsExactly("one.imagepool.info");
    assertThat(admin.images()).hasSize(1);
  }

  @Test
  @DisplayName("at no call of an update is there no usable image of the name")
  void neverWithoutAnImage() {
    site.handle(site.available(ID, "one"));
    admin.give(0, 0, 0, 0644);
    List<String> gaps = new ArrayList<>();
    site.builder()
        .effects(
            new SideEffects() {
              @Override
              public <E extends Exception> void run(String name, Action<E> action) throws E {
                action.run();
                if (admin.named(ID).stream().noneMatch(image -> image.access().endsWith("644"))) {
                  gaps.add(name);
                }
              }
            })
        .build()
        .handle(site.available(ID, "two"), OperationOptions.defaults());
    assertThat(gaps).isEmpty();
    assertThat(site.current().id()).isEqualTo(1);
  }

  @Test
  @DisplayName("without a second owner the names are swapped with a moment between")
  void withoutParkingUser() {
    site.handle(site.available(ID, "one"));
    admin.give(0, 0, 0, 0644);
    admin.removeUser(1);
    site.handle(site.available(ID, "two"));
    assertThat(site.current().id()).isEqualTo(1);
    assertThat(site.current().access()).isEqualTo("0:0 644");
    assertRetired(0, "DISABLED");
  }

  private void assertRetired(int id, String state) {
    assertPutAway(id, ID + "_" + STAMP, state);
  }

  private void assertExpired(int id, String state) {
    assertPutAway(id, ID + "_EXPIRED_" + STAMP, state);
  }

  private void assertPutAway(int id, String name, String state) {
    Image image = site.image(id);
    assertThat(image.name()).matches(name);
    assertThat(image.access()).isEqualTo("0:0 700");
    assertThat(image.state()).isEqualTo(state);
  }
}
