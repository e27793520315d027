package io.overc.opennebula.lifecycle;

import io.overc.image.ImageEvent;
import io.overc.image.ImagePlan;
import io.overc.opennebula.cloud.CloudImage;
import io.overc.opennebula.disk.DiskPreparation;
import io.overc.opennebula.disk.FileCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans what would be done for an event; changes nothing. */
final class Planner {
  private final SiteOptions options;
  private final DiskPreparation disks;

  Planner(SiteOptions options, DiskPreparation disks) {
    this.options = options;
    this.disks = disks;
  }

  ImagePlan plan(ImageEvent event, ImageIndex index) {
    return switch (event.type()) {
      case AVAILABLE_POSTFIX -> available(Version.of(event, options.ending), index);
      case EXPIRE_POSTFIX -> expire(new Names(event.identifier(), options.ending), index);
      default -> new ImagePlan("Nothing is done for " + event.typeName(), List.of());
    };
  }

  private ImagePlan available(Version version, ImageIndex index) {
    ImageVersions versions = index.versions(version.identifier());
    Optional<CloudImage> current = versions.current();
    List<String> steps = unfinished(versions);
    if (current.filter(version::isOffered).isPresent()) {
      return new ImagePlan("This version is offered already: " + name(current), steps);
    }
    if (versions.unfinished().stream().noneMatch(version::isOf)) {
      FileCheck.verify(version.file(), version.size(), version.sha512(), done -> {});
      disks
          .wouldConvert(version.file())
          .ifPresent(format -> steps.add("convert the file from " + format.tool()));
      steps.add(
          "register %s in datastore %s as %s"
              .formatted(
                  version.file(),
                  options.datastore.apply(version.event()),
                  version.names().pending(version.sha512())));
    }
    steps.add("wait until it is copied");
    if (current.isPresent()) {
      CloudImage old = current.get();
      steps.add(
          "give it owner %s, group %s, permissions %s of %s"
              .formatted(old.owner(), old.group(), old.permissions(), old.describe()));
      steps.add("rename it to " + version.identifier());
      steps.add("rename image " + old.id() + " and give it to oneadmin:oneadmin 700");
      return new ImagePlan("A new version would replace " + old.describe(), steps);
    }
    steps.add("rename it to " + version.identifier());
    return new ImagePlan("A first image would be registered", steps);
  }

  private ImagePlan expire(Names names, ImageIndex index) {
    if (options.isSubscribed(names.identifier())) {
      return new ImagePlan(names.identifier() + " is still subscribed to", List.of());
    }
    ImageVersions versions = index.versions(names.identifier());
    Optional<CloudImage> current = versions.current();
    List<String> steps = unfinished(versions);
    if (current.isEmpty()) {
      return new ImagePlan("There is no current image " + names.identifier(), steps);
    }
    if (options.subscribed.isEmpty() && !options.grace.isZero()) {
      steps.add("mark it to expire in " + options.grace.toSeconds() + " s");
      return new ImagePlan("The expiry of " + name(current) + " would be postponed", steps);
    }
    steps.add("rename it to " + names.identifier() + "_EXPIRED_…" + names.ending());
    steps.add("give it to oneadmin:oneadmin 700, and disable it if no machine uses it");
    return new ImagePlan(name(current) + " would expire", steps);
  }

  private static List<String> unfinished(ImageVersions versions) {
    List<String> steps = new ArrayList<>();
    versions.unfinished().forEach(image -> steps.add("finish or drop " + image.describe()));
    return steps;
  }

  private static String name(Optional<CloudImage> image) {
    return image.map(CloudImage::describe).orElse("");
  }
}
