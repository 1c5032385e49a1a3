package dev.wrinklefree.chaos.wire;

import java.util.function.Supplier;

/** The protocols that a proxy can read. Stateful ones are made once per proxy. */
public enum Protocol {
  /** Kafka's: frames with a length and an API key. */
  KAFKA {
    @Override
    Supplier<Dialogue> dialogues() {
      return KafkaDialogue::new;
    }
  },
  /** PostgreSQL's, version 3. */
  POSTGRES {
    @Override
    Supplier<Dialogue> dialogues() {
      return PostgresDialogue::new;
    }
  },
  /** HTTP/1.1 of SkyPilot's API server and of Cloud Storage. */
  HTTP {
    @Override
    Supplier<Dialogue> dialogues() {
      HttpCalls calls = new HttpCalls();
      return () -> new HttpDialogue(calls);
    }
  };

  /** Makes a reader for each connection of one proxy. */
  abstract Supplier<Dialogue> dialogues();
}
