package dev.wrinklefree.sandbox.wandb.graphql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tokens of a document, one after the other. */
final class Tokens {

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<ignored>[\\s,\\uFEFF]+|#[^\\n\\r]*)"
              + "|(?<punctuator>\\.\\.\\.|[!$()&:=@\\[\\]{}|])"
              + "|(?<name>[A-Za-z_][A-Za-z_0-9]*)"
              + "|(?<number>-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)"
              + "|(?<string>\"\"\"(?:[^\"]|\"(?!\"\"))*\"\"\"|\"(?:[^\"\\\\\\n\\r]|\\\\.)*\")");

  private final List<Token> tokens = new ArrayList<>();
  private int next;

  Tokens(String text) {
    Matcher matcher = TOKEN.matcher(text);
    int position = 0;
    while (position < text.length()) {
      if (!matcher.find(position) || matcher.start() != position) {
        throw new GraphQlException(
            "Syntax Error GraphQL request: unexpected character at offset " + position);
      }
      if (matcher.group("ignored") == null) {
        tokens.add(new Token(kind(matcher), matcher.group()));
      }
      position = matcher.end();
    }
    tokens.add(new Token(Kind.END, "<EOF>"));
  }

  /** Kinds of tokens. */
  enum Kind {
    PUNCTUATOR,
    NAME,
    NUMBER,
    STRING,
    END
  }

  /** A token as it is written. */
  record Token(Kind kind, String text) {}

  Token peek() {
    return tokens.get(next);
  }

  boolean ended() {
    return peek().kind() == Kind.END;
  }

  Token take() {
    Token token = peek();
    if (token.kind() == Kind.END) {
      throw unexpected(token);
    }
    next++;
    return token;
  }

  boolean takeIf(String text) {
    boolean same = peek().kind() != Kind.STRING && peek().text().equals(text);
    if (same) {
      next++;
    }
    return same;
  }

  void expect(String text) {
    if (!takeIf(text)) {
      throw unexpected(peek());
    }
  }

  String name() {
    Token token = take();
    if (token.kind() != Kind.NAME) {
      throw unexpected(token);
    }
    return token.text();
  }

  static GraphQlException unexpected(Token token) {
    return new GraphQlException("Syntax Error GraphQL request: unexpected " + token.text());
  }

  private static Kind kind(Matcher matcher) {
    if (matcher.group("punctuator") != null) {
      return Kind.PUNCTUATOR;
    } else if (matcher.group("name") != null) {
      return Kind.NAME;
    } else if (matcher.group("number") != null) {
      return Kind.NUMBER;
    }
    return Kind.STRING;
  }
}
