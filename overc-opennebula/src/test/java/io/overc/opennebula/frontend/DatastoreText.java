package io.overc.opennebula.frontend;

import static io.overc.opennebula.frontend.Image.cdata;
import static io.overc.opennebula.frontend.Image.element;

import java.util.Map;
import java.util.TreeMap;

/** Writes a datastore as the front-end of a fresh installation does. */
final class DatastoreText {
  private DatastoreText() {}

  static String of(int id, String name) {
    boolean system = id == 0;
    boolean files = id == 2;
    StringBuilder out = new StringBuilder("<DATASTORE>");
    element(out, "ID", id);
    out.append("<UID>0</UID><GID>0</GID><UNAME>oneadmin</UNAME><GNAME>oneadmin</GNAME>");
    element(out, "NAME", name);
    out.append("<PERMISSIONS><OWNER_U>1</OWNER_U><OWNER_M>1</OWNER_M><OWNER_A>0</OWNER_A>")
        .append("<GROUP_U>1</GROUP_U><GROUP_M>0</GROUP_M><GROUP_A>0</GROUP_A>")
        .append("<OTHER_U>0</OTHER_U><OTHER_M>0</OTHER_M><OTHER_A>0</OTHER_A></PERMISSIONS>");
    element(out, "DS_MAD", cdata(system ? "-" : "fs"));
    element(out, "TM_MAD", cdata("ssh"));
    element(out, "BASE_PATH", cdata("/var/lib/one/datastores/" + id));
    element(out, "TYPE", system ? 1 : files ? 2 : 0);
    out.append("<DISK_TYPE>0</DISK_TYPE><STATE>0</STATE><CLUSTERS><ID>0</ID></CLUSTERS>");
    element(out, "TOTAL_MB", system ? 0 : 258020);
    element(out, "FREE_MB", system ? 0 : 79796);
    element(out, "USED_MB", system ? 0 : 24102);
    out.append("<IMAGES></IMAGES><TEMPLATE>");
    Map<String, String> template = new TreeMap<>();
    template.putAll(
        Map.of("ALLOW_ORPHANS", "YES", "RESTRICTED_DIRS", "/", "SAFE_DIRS", "/var/tmp"));
    template.put("TM_MAD", "ssh");
    template.put("TYPE", system ? "SYSTEM_DS" : files ? "FILE_DS" : "IMAGE_DS");
    if (system) {
      template.put("DS_MIGRATE", "YES");
      template.put("SHARED", "NO");
    } else {
      template.putAll(Map.of("CLONE_TARGET", "SYSTEM", "DS_MAD", "fs", "LN_TARGET", "SYSTEM"));
    }
    if (!files) {
      template.put("DISK_TYPE", "FILE");
    }
    template.forEach((attribute, value) -> element(out, attribute, cdata(value)));
    return out.append("</TEMPLATE></DATASTORE>").toString();
  }
}
