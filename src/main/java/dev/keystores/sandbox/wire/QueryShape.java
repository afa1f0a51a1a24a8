package dev.keystores.sandbox.wire;

import java.util.function.Consumer;

/** How an answer and an error are wrapped; EC2 has a way of its own. */
public enum QueryShape {
    EC2(QueryErrors.EC2) {
        @Override
        void answer(Xml xml, String action, String requestId, Consumer<Xml> members) {
            xml.text("requestId", requestId);
            members.accept(xml);
        }

        @Override
        String error(ServiceError error, String namespace, String requestId) {
            Consumer<Xml> one = xml -> xml.text("Code", error.type()).text("Message", error.text());
            return Xml.document(
                    "Response",
                    "",
                    xml -> xml.element("Errors", list -> list.element("Error", one))
                            .text("RequestID", requestId));
        }
    },
    STS(QueryErrors.STS) {
        @Override
        void answer(Xml xml, String action, String requestId, Consumer<Xml> members) {
            xml.element(action + "Result", members)
                    .element("ResponseMetadata", metadata -> metadata.text("RequestId", requestId));
        }

        @Override
        String error(ServiceError error, String namespace, String requestId) {
            Consumer<Xml> one = xml -> xml.text("Type", error.status() < 500 ? "Sender" : "Receiver")
                    .text("Code", error.type())
                    .text("Message", error.text());
            return Xml.document(
                    "ErrorResponse", namespace, xml -> xml.element("Error", one).text("RequestId", requestId));
        }
    };

    private final QueryErrors errors;

    QueryShape(QueryErrors errors) {
        this.errors = errors;
    }

    /** The same error under the name and with the status that it has here. */
    ServiceError named(ServiceError error) {
        return errors.named(error);
    }

    abstract void answer(Xml xml, String action, String requestId, Consumer<Xml> members);

    abstract String error(ServiceError error, String namespace, String requestId);
}
