import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The POM of a module, read so that settings of compiler, gates and tests stand there only. */
final class Pom {

  private static final Pattern VARIABLE = Pattern.compile("[$@]\\{([^}]+)}");

  private final Document document;
  private final List<Pom> parents = new ArrayList<>();

  /** Properties of the root and of this POM, and whatever else variables stand for. */
  private final Map<String, String> variables = new HashMap<>();

  /** Reads the POM of a module; of the root the name is empty. */
  Pom(Path root, String module) throws IOException {
    Path file = root.resolve(module).resolve("pom.xml");
    try {
      document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(file + " cannot be read", e);
    }
    if (!module.isEmpty()) {
      parents.add(new Pom(root, ""));
      variables.putAll(parents.getFirst().variables);
    }
    for (Element property : elements("/project/properties/*")) {
      variables.put(property.getTagName(), property.getTextContent().strip());
    }
    variables.put("maven.multiModuleProjectDirectory", root.toString());
    variables.put("project.build.directory", file.resolveSibling("target").toString());
  }

  void define(String variable, String value) {
    variables.put(variable, value);
  }

  /** The XPath of a plugin wherever the POM has it. */
  static String plugin(String artifact) {
    return "//plugin[artifactId='" + artifact + "']";
  }

  /** The texts of an XPath's elements, with variables filled in. */
  List<String> texts(String where) {
    return elements(where).stream().map(this::text).toList();
  }

  /** The text of an element that may stand in the root POM only, with the variables of this one. */
  String inherited(String where) {
    List<Element> own = elements(where);
    return text((own.isEmpty() ? parents.getFirst().elements(where) : own).getFirst());
  }

  /** The children of an XPath's elements, by name. */
  Map<String, String> settings(String where) {
    Map<String, String> all = new HashMap<>();
    elements(where + "/*").forEach(one -> all.put(one.getTagName(), text(one)));
    return all;
  }

  private List<Element> elements(String where) {
    try {
      NodeList found =
          (NodeList)
              XPathFactory.newInstance()
                  .newXPath()
                  .evaluate(where, document, XPathConstants.NODESET);
      List<Element> all = new ArrayList<>();
      for (int i = 0; i < found.getLength(); i++) {
        all.add((Element) found.item(i));
      }
      return all;
    } catch (XPathExpressionException e) {
      throw new IllegalArgumentException(where, e);
    }
  }

  private String text(Element element) {
    String text = element.getTextContent().strip().replaceAll("\\s+", " ");
    // The value of a variable may name another one.
    for (Matcher one = VARIABLE.matcher(text); one.find(); one = VARIABLE.matcher(text)) {
      text = one.replaceFirst(Matcher.quoteReplacement(value(one.group(1))));
    }
    return text;
  }

  private String value(String variable) {
    String value = variables.get(variable);
    if (value == null) {
      throw new IllegalStateException("Nobody says what ${" + variable + "} of a POM is");
    }
    return value;
  }
}
