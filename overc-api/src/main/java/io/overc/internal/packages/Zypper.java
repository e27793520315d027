package io.overc.internal.packages;

import io.overc.error.OvercException;
import io.overc.exec.CommandResult;
import io.overc.host.PackageChange;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The package manager of SUSE. */
final class Zypper extends PackageManager {
  // Done, but: 102 a reboot is suggested, 103 zypper itself was upgraded. Others above 100 are
  // failures for us: 106 a repository was skipped, 107 a script of a package failed (zypper(8)).
  private static final Set<Integer> DONE = Set.of(0, 102, 103);

  Zypper() {
    super("zypper", "zypper");
  }

  /** With {@code --installroot} zypper would use the repositories of this machine. */
  @Override
  public Optional<List<String>> locate(Path root) {
    return Optional.of(List.of("--root", root.toString()));
  }

  @Override
  List<String> databases() {
    return RPM_DATABASES;
  }

  @Override
  List<String> refresh() {
    return List.of("--non-interactive", "refresh");
  }

  @Override
  List<PackageChange> newer(Function<List<String>, CommandResult> ask) {
    return parse(
        ask.apply(List.of("--non-interactive", "--no-refresh", "--xmlout", "list-updates"))
            .stdout());
  }

  @Override
  List<String> upgrade() {
    return List.of("--non-interactive", "--no-refresh", "update", "--auto-agree-with-licenses");
  }

  @Override
  boolean failed(CommandResult result) {
    return !DONE.contains(result.exitCode());
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
}
