package io.overc.opennebula.frontend;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An image of the front-end; what it says of itself is what a real one says. */
public final class Image {
  static final int READY = 1;
  static final int USED = 2;
  static final int DISABLED = 3;
  static final int LOCKED = 4;
  static final int ERROR = 5;
  private static final String[] BITS = {
    "OWNER_U", "OWNER_M", "OWNER_A", "GROUP_U", "GROUP_M", "GROUP_A", "OTHER_U", "OTHER_M",
    "OTHER_A"
  };

  final int id;
  int uid;
  int gid;
  String name;
  int bits = 0600;
  int type;
  long registered;
  String path = "";
  String format = "raw";
  long megabytes = 1;
  int state = LOCKED;
  int previous;
  int datastore;
  int looks;
  final Set<Integer> machines = new TreeSet<>();
  final Map<String, String> template = new TreeMap<>();

  Image(int id, int uid, int gid, String name) {
    this.id = id;
    this.uid = uid;
    this.gid = gid;
    this.name = name;
  }

  /** Returns its number. */
  public int id() {
    return id;
  }

  /** Returns its name. */
  public String name() {
    return name;
  }

  /** Returns owner, group and permissions, for example {@code 2:100 640}. */
  public String access() {
    return uid + ":" + gid + " " + String.format(Locale.ROOT, "%03o", bits);
  }

  /** Returns the state in words. */
  public String state() {
    return switch (state) {
      case READY -> "READY";
      case USED -> "USED";
      case DISABLED -> "DISABLED";
      case LOCKED -> "LOCKED";
      default -> "ERROR";
    };
  }

  /** Returns an attribute of its template, or empty. */
  public String attribute(String attribute) {
    return template.getOrDefault(attribute, "");
  }

  /** Returns the format of its file. */
  public String format() {
    return format;
  }

  /** Returns what it was registered from. */
  public String path() {
    return path;
  }

  @Override
  public String toString() {
    return id + " " + name + " " + access() + " " + state() + " " + attribute("OVERC_STATE");
  }

  void to(int next) {
    state = next;
    previous = next;
  }

  String xml(Cloudlet cloud) {
    StringBuilder out = new StringBuilder("<IMAGE>");
    element(out, "ID", id);
    element(out, "UID", uid);
    element(out, "GID", gid);
    element(out, "UNAME", cloud.users.get(uid));
    element(out, "GNAME", cloud.groups.get(gid));
    element(out, "NAME", name);
    out.append("<PERMISSIONS>");
    for (int i = 0; i < BITS.length; i++) {
      element(out, BITS[i], (bits >> (8 - i)) & 1);
    }
    out.append("</PERMISSIONS>");
    element(out, "TYPE", type);
    out.append("<DISK_TYPE>0</DISK_TYPE><PERSISTENT>0</PERSISTENT>");
    element(out, "REGTIME", registered);
    element(out, "SOURCE", cdata(source()));
    element(out, "PATH", cdata(path));
    element(out, "FORMAT", cdata(format));
    element(out, "FS", cdata(""));
    element(out, "SIZE", megabytes);
    element(out, "STATE", state);
    element(out, "PREV_STATE", previous);
    element(out, "RUNNING_VMS", machines.size());
    out.append("<CLONING_OPS>0</CLONING_OPS><CLONING_ID>-1</CLONING_ID>");
    element(out, "TARGET_SNAPSHOT", -1);
    element(out, "DATASTORE_ID", datastore);
    element(out, "DATASTORE", cloud.datastores.get(datastore));
    out.append("<VMS>");
    machines.forEach(machine -> element(out, "ID", machine));
    out.append("</VMS><CLONES></CLONES><APP_CLONES></APP_CLONES><TEMPLATE>");
    template.forEach((attribute, value) -> element(out, attribute, cdata(value)));
    out.append("</TEMPLATE><SNAPSHOTS>");
    element(out, "ALLOW_ORPHANS", cdata("NO"));
    element(out, "CURRENT_BASE", cdata("-1"));
    element(out, "NEXT_SNAPSHOT", cdata("0"));
    return out.append("</SNAPSHOTS><BACKUP_INCREMENTS></BACKUP_INCREMENTS></IMAGE>").toString();
  }

  private String source() {
    return state == LOCKED
        ? ""
        : "/var/lib/one/datastores/"
            + datastore
            + "/"
            + UUID.nameUUIDFromBytes(new byte[] {(byte) id}).toString().replace("-", "");
  }

  static void element(StringBuilder out, String name, @Nullable Object v) {
    out.append('<').append(name).append('>').append(v).append("</").append(name).append('>');
  }

  static String cdata(String text) {
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>";
  }
}
