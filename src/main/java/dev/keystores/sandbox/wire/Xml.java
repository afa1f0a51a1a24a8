package dev.keystores.sandbox.wire;

import java.io.StringWriter;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the elements of an answer, with everything in a text escaped. */
public final class Xml {

    private static final XMLOutputFactory writers = XMLOutputFactory.newInstance();
    private static final String NOT_IN_XML = "[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]";

    private final XMLStreamWriter writer;

    private Xml(XMLStreamWriter writer) {
        this.writer = writer;
    }

    /** @param namespace none where it is empty */
    static String document(String root, String namespace, Consumer<Xml> content) {
        StringWriter text = new StringWriter();
        written(() -> {
            Xml xml = new Xml(writers.createXMLStreamWriter(text));
            xml.writer.writeStartDocument("UTF-8", "1.0");
            xml.writer.writeStartElement(root);
            if (!namespace.isEmpty()) {
                xml.writer.writeDefaultNamespace(namespace);
            }
            content.accept(xml);
            xml.writer.writeEndDocument();
        });
        return text.toString();
    }

    public Xml text(String name, Object value) {
        return element(
                name,
                inside -> written(() -> writer.writeCharacters(value.toString().replaceAll(NOT_IN_XML, "\uFFFD"))));
    }

    public Xml element(String name, Consumer<Xml> content) {
        written(() -> writer.writeStartElement(name));
        content.accept(this);
        written(writer::writeEndElement);
        return this;
    }

    /** An element with an {@code item} for each. */
    public <T> Xml items(String name, List<T> items, BiConsumer<Xml, T> content) {
        return element(
                name, list -> items.forEach(item -> list.element("item", inside -> content.accept(inside, item))));
    }

    public Xml items(String name, List<?> texts) {
        return element(name, list -> texts.forEach(text -> list.text("item", text)));
    }

    private static void written(Writing writing) {
        try {
            writing.write();
        } catch (XMLStreamException unbalanced) {
            throw new IllegalStateException(unbalanced);
        }
    }

    private interface Writing {
        void write() throws XMLStreamException;
    }
}
