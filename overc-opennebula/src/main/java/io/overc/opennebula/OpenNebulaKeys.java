package io.overc.opennebula;

import io.overc.config.ConfigKey;
import io.overc.opennebula.cloud.Permissions;
import io.overc.opennebula.disk.DiskFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Names the configuration keys of the OpenNebula backend. */
final class OpenNebulaKeys {
  static final ConfigKey<String> ENDPOINT =
      ConfigKey.text(
          "opennebula.endpoint",
          "address of the XML-RPC endpoint; without it ONE_XMLRPC, ~/.one/one_endpoint, /var/lib/one/.one/one_endpoint or http://localhost:2633/RPC2");

  static final ConfigKey<Path> AUTH_FILE =
      ConfigKey.path(
          "opennebula.auth-file",
          "file that holds user:password; without it ONE_AUTH, ~/.one/one_auth or /var/lib/one/.one/one_auth");

  static final ConfigKey<Path> TRUST_STORE =
      ConfigKey.path(
          "opennebula.trust-store",
          "certificates to trust instead of the JVM's: PEM, PKCS12 or JKS");

  static final ConfigKey<String> TRUST_STORE_PASSWORD =
      ConfigKey.text(
          "opennebula.trust-store-password", "password of the trust store, if it has one");

  static final ConfigKey<Duration> TIMEOUT =
      ConfigKey.duration("opennebula.timeout", "how long one call may take").withDefault("60s");

  static final ConfigKey<Long> LONGEST_ANSWER =
      ConfigKey.size("opennebula.longest-answer", "how large an answer may be").withDefault("64M");

  static final ConfigKey<Integer> PAGE =
      ConfigKey.number("opennebula.page", "how many images are asked for at once", 10, 100_000)
          .withDefault("500");

  static final ConfigKey<String> DATASTORE =
      ConfigKey.text("opennebula.datastore", "name or number of the datastore of images")
          .withDefault("default");

  static final ConfigKey<String> VO_DATASTORE =
      ConfigKey.text("opennebula.vo.*.datastore", "datastore for the images of a VO");

  static final ConfigKey<String> VO_GROUP =
      ConfigKey.text(
          "opennebula.vo.*.group",
          "name or number of the group that gets the first images of a VO");

  static final ConfigKey<String> ATTRIBUTE =
      ConfigKey.text(
          "opennebula.attribute.*",
          "value of an attribute that is added to the template of each image, for example opennebula.attribute.DEV_PREFIX");

  static final ConfigKey<List<String>> FORMAT_ATTRIBUTES =
      ConfigKey.list(
              "opennebula.format-attributes",
              "attributes that carry the format of the file, for example FORMAT, DRIVER")
          .withDefault("FORMAT");

  static final ConfigKey<Permissions> FIRST_PERMISSIONS =
      ConfigKey.of(
              "opennebula.first-permissions",
              "permissions of a first image, three octal digits, the last one 0",
              OpenNebulaKeys::notPublic)
          .withDefault("600");

  static final ConfigKey<String> ENDING =
      ConfigKey.of(
              "opennebula.timestamp-ending",
              "what ends the time stamp (UTC) in the name of an image that was put away",
              OpenNebulaKeys::ending)
          .withDefault("_+0000-UTC");

  static final ConfigKey<String> PARKING_USER =
      ConfigKey.text(
              "opennebula.parking-user",
              "name or number of the user who owns a new image for the moment in which the name changes hands")
          .withDefault("serveradmin");

  static final ConfigKey<Duration> GRACE =
      ConfigKey.duration(
              "opennebula.expiry-grace",
              "how long an expiry waits for an update of the image; 0s for not at all")
          .withDefault("10m");

  static final ConfigKey<Path> SUBSCRIBED =
      ConfigKey.path(
          "opennebula.subscribed-file",
          "file that names each subscribed dc:identifier on a line; with it only others expire, and at once");

  static final ConfigKey<Duration> COPY_TIMEOUT =
      ConfigKey.duration("opennebula.copy-timeout", "how long a datastore may copy an image")
          .withDefault("2h");

  static final ConfigKey<Duration> POLL =
      ConfigKey.duration("opennebula.poll", "how long to wait at most between two looks at a copy")
          .withDefault("5s");

  static final ConfigKey<List<DiskFormat>> CONVERT =
      ConfigKey.of(
              "opennebula.convert",
              "formats that are converted, of qcow2, vmdk, vdi, vhd, vhdx; an OVA always is",
              OpenNebulaKeys::formats)
          .withDefault("");

  static final ConfigKey<String> TARGET =
      ConfigKey.choice("opennebula.target-format", "what is converted to", "qcow2", "raw")
          .withDefault("qcow2");

  static final ConfigKey<Path> STAGING =
      ConfigKey.path(
          "opennebula.staging",
          "directory for converted files, which OpenNebula must be allowed to read (SAFE_DIRS); without it a hidden one beside the image");

  static final ConfigKey<Long> LARGEST_DISK =
      ConfigKey.size("opennebula.largest-disk", "how large a disk may be, unpacked")
          .withDefault("1T");

  static final ConfigKey<Integer> OVA_ENTRIES =
      ConfigKey.number("opennebula.ova-entries", "how many entries an OVA may have", 1, 100_000)
          .withDefault("100");

  static final ConfigKey<Duration> CONVERT_TIMEOUT =
      ConfigKey.duration("opennebula.convert-timeout", "how long a conversion may take")
          .withDefault("1h");

  static final ConfigKey<Path> SPOOL =
      ConfigKey.path(
          "opennebula.spool",
          "directory for events that could not be handled; without it they are lost");

  static final List<ConfigKey<?>> ALL =
      List.of(
          ENDPOINT,
          AUTH_FILE,
          TRUST_STORE,
          TRUST_STORE_PASSWORD,
          TIMEOUT,
          LONGEST_ANSWER,
          PAGE,
          DATASTORE,
          VO_DATASTORE,
          VO_GROUP,
          ATTRIBUTE,
          FORMAT_ATTRIBUTES,
          FIRST_PERMISSIONS,
          ENDING,
          PARKING_USER,
          GRACE,
          SUBSCRIBED,
          COPY_TIMEOUT,
          POLL,
          CONVERT,
          TARGET,
          STAGING,
          LARGEST_DISK,
          OVA_ENTRIES,
          CONVERT_TIMEOUT,
          SPOOL);

  private OpenNebulaKeys() {}

  private static Permissions notPublic(String text) {
    Permissions permissions = Permissions.parse(text);
    if (permissions.isPublic()) {
      throw new IllegalArgumentException(
          "expected 0 as the last digit: making an image public is up to the administrator");
    }
    return permissions;
  }

  private static String ending(String text) {
    if (!text.matches("[\\w+.,=@%^~!?()\\[\\] -]{0,40}")) {
      throw new IllegalArgumentException(
          "expected at most 40 characters, none of those OpenNebula refuses in a name");
    }
    return text;
  }

  private static List<DiskFormat> formats(String text) {
    return Stream.of(text.split(",", -1))
        .map(part -> part.strip().toLowerCase(Locale.ROOT))
        .filter(part -> !part.isEmpty())
        .map(
            part ->
                DiskFormat.named(part)
                    .filter(format -> format != DiskFormat.RAW)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "expected a list of qcow2, vmdk, vdi, vhd, vhdx")))
        .toList();
  }
}
