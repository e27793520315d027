package io.overc.opennebula;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.image.ImageEvent;
import io.overc.opennebula.frontend.Admin;
import io.overc.opennebula.frontend.Image;
import java.util.List;

/** What a site is in before something fails, and what it must be in when all is done. */
enum Scenario {
  /** The first version of an image. */
  FIRST(0, "0:0 600"),
  /** The second version of an image that still belongs to the user of the handler. */
  UPDATE(1, "0:0 644"),
  /** The second version of an image that was given to alice:egi. */
  UPDATE_OF_ALICE(1, "2:100 640"),
  /** The expiry of an image. */
  EXPIRY(1, "");

  private final int putAway;
  private final String access;

  Scenario(int putAway, String access) {
    this.putAway = putAway;
    this.access = access;
  }

  /** Brings the site into its first state; returns the event that is then handled. */
  ImageEvent prepare(Site site) {
    Admin admin = site.frontEnd().admin();
    admin.group("egi");
    admin.user("alice", "secretpw", 100);
    admin.slow(1);
    if (this == FIRST) {
      return site.available(Site.ID, "one");
    }
    site.handle(site.available(Site.ID, "one"));
    switch (this) {
      case UPDATE -> admin.give(0, 0, 0, 0644);
      default -> admin.give(0, 2, 100, 0640);
    }
    return this == EXPIRY ? site.expired(Site.ID) : site.available(Site.ID, "two");
  }

  /** Asserts what is promised even after a failure. */
  void assertUsable(Site site, String when) {
    if (this == UPDATE || this == UPDATE_OF_ALICE) {
      List<Image> named = site.frontEnd().admin().named(Site.ID);
      assertThat(named)
          .as("images of the name after %s", when)
          .anyMatch(image -> image.state().equals("READY"));
    }
  }

  /** Asserts that all is done: one current image, the others retired, nothing left over. */
  void assertDone(Site site, String when) {
    List<Image> all = site.frontEnd().admin().images();
    List<Image> named = site.frontEnd().admin().named(Site.ID);
    String what = this + ", " + when + ": " + all;
    assertThat(all).as(what).hasSize(this == EXPIRY ? 1 : putAway + 1);
    if (this == EXPIRY) {
      assertThat(named).as(what).isEmpty();
      assertPutAway(all.get(0), Site.ID + "_EXPIRED_", what);
    } else {
      assertThat(named).as(what).hasSize(1);
      assertThat(named.get(0).access()).as(what).isEqualTo(access);
      assertThat(named.get(0).state()).as(what).isEqualTo("READY");
      assertThat(named.get(0).attribute("OVERC_STATE")).as(what).isEqualTo("CURRENT");
      all.stream()
          .filter(image -> image.id() != named.get(0).id())
          .forEach(image -> assertPutAway(image, Site.ID + "_2", what));
    }
    site.assertNothingStaged();
  }

  private static void assertPutAway(Image image, String name, String what) {
    assertThat(image.name()).as(what).startsWith(name);
    assertThat(image.access()).as(what).isEqualTo("0:0 700");
    assertThat(image.state()).as(what).isEqualTo("DISABLED");
  }
}
