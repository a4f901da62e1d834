package org.emat.report;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** A rendered page as its markup says, read by an XML parser that stops at the first fault. */
final class Page {
    private final Document document;

    private Page(Document document) {
        this.document = document;
    }

    static Page render(ReportContent content) {
        return parse(ReportPage.render(content));
    }

    static Page parse(String text) {
        try {
            DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler() {
                @Override
                public void error(SAXParseException fault) throws SAXParseException {
                    throw fault;
                }
            });
            return new Page(builder.parse(new InputSource(new StringReader(text))));
        } catch (Exception e) {
            throw new AssertionError("not well formed: " + e.getMessage(), e);
        }
    }

    /** All elements of a name, {@code *} for any. */
    List<Element> all(String name) {
        return elements(document.getElementsByTagName(name));
    }

    /** Elements of a name below another. */
    static List<Element> below(Element element, String name) {
        return elements(element.getElementsByTagName(name));
    }

    /** The element of an identity. */
    Element identified(String id) {
        return only(all("*"), element -> element.getAttribute("id").equals(id), "#" + id);
    }

    /** The only element of a style class. */
    Element styled(String style) {
        return only(all("*"), element -> hasStyle(element, style), "." + style);
    }

    /** Elements of a style class. */
    List<Element> allStyled(String style) {
        return all("*").stream().filter(element -> hasStyle(element, style)).toList();
    }

    static boolean hasStyle(Element element, String style) {
        return List.of(element.getAttribute("class").split(" ")).contains(style);
    }

    /** Values of the numbers below an element. */
    static List<Long> numbers(Element element) {
        return below(element, "data").stream()
                .map(number -> Long.parseLong(number.getAttribute("value")))
                .toList();
    }

    /** The whole text, white space simplified. */
    static String text(Element element) {
        return element.getTextContent().replaceAll("\\s+", " ").strip();
    }

    private static Element only(List<Element> elements, Predicate<Element> wanted, String what) {
        List<Element> found = elements.stream().filter(wanted).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " elements are " + what);
        }
        return found.get(0);
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
