package io.overc.btrfs.packages;

import io.overc.error.OvercException;
import io.overc.exec.CommandFailedException;
import io.overc.exec.CommandResult;
import io.overc.host.PackageChange;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The package manager of SUSE. */
final class Zypper extends PackageManager {
  /** Done, but: 102 a reboot is suggested, 103 zypper itself was upgraded (zypper(8)). */
  private static final Set<Integer> DONE = Set.of(0, 102, 103);

  Zypper(Setup setup) {
    super(setup);
  }

  @Override
  public String name() {
    return "zypper";
  }

  @Override
  protected String tool() {
    return "zypper";
  }

  /** With {@code --installroot} zypper would use the repositories of this machine. */
  @Override
  protected List<String> locate(Path root) {
    return List.of("--root", root.toString());
  }

  @Override
  public void refresh(Root root, Consumer<String> lines) {
    check("update the lists", root, call(root, lines, "--non-interactive", "refresh"));
  }

  @Override
  public List<PackageChange> newer(Root root) {
    CommandResult result =
        call(root, quiet(), "--non-interactive", "--no-refresh", "--xmlout", "list-updates");
    check("look for newer packages", root, result);
    return parse(result.stdout());
  }

  @Override
  public void upgrade(Root root, Consumer<String> lines) {
    check(
        "upgrade the packages",
        root,
        call(
            root,
            lines,
            "--non-interactive",
            "--no-refresh",
            "update",
            "--auto-agree-with-licenses"));
  }

  static List<PackageChange> parse(String xml) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    List<PackageChange> changes = new ArrayList<>();
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT
            && reader.getLocalName().equals("update")) {
          changes.add(
              new PackageChange(
                  attribute(reader, "name") + "." + attribute(reader, "arch"),
                  Optional.ofNullable(reader.getAttributeValue(null, "edition-old")),
                  attribute(reader, "edition")));
        }
      }
      return List.copyOf(changes);
    } catch (XMLStreamException e) {
      throw new OvercException("Could not understand what 'zypper --xmlout' printed: " + e, e);
    }
  }

  private static String attribute(XMLStreamReader reader, String name) {
    return Optional.ofNullable(reader.getAttributeValue(null, name)).orElse("");
  }

  private static void check(String what, Root root, CommandResult result) {
    if (!DONE.contains(result.exitCode())) {
      throw new CommandFailedException(attempt(what, root), result);
    }
  }
}
