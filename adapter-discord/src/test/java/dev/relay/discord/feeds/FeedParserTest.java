package dev.relay.discord.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser of feeds, with the shapes that publishers produce. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FeedParserTest {
  private static final URI ADDRESS = URI.create("https://news.example/feeds/all.xml");
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  @Test
  void rss_2() throws FeedException {
    assertThat(
            parse(
                rss(
                    "<item><title>T</title><link>https://news.example/1</link><description>D</description>"
                        + "<guid isPermaLink=\"false\">g1</guid><pubDate>Sat, 28 Nov 2026 12:00:00 GMT</pubDate></item>")))
        .containsExactly(new FeedItem(
            Optional.of("g1"), "T", "D", Optional.of("https://news.example/1"), Optional.of(NOON)));
  }

  @Test
  void rss_091_with_its_document_type() throws FeedException {
    List<FeedItem> items = parse("<?xml version=\"1.0\"?>\n<!DOCTYPE rss PUBLIC"
        + " \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://my.netscape.com/publish/formats/rss-0.91.dtd\">\n"
        + "<rss version=\"0.91\"><channel><title>N</title><item><title>Caf&eacute; &amp; bar</title>"
        + "<link>https://news.example/1</link></item></channel></rss>");

    assertThat(items).extracting(FeedItem::title).containsExactly("Café & bar");
  }

  @Test
  void a_document_type_that_declares_html_s_entities_is_read() throws FeedException {
    assertThat(parse(
            "<!DOCTYPE rdf:RDF [<!-- it's > --><!ENTITY % latin PUBLIC \"-//W3C//ENTITIES Latin 1//EN\""
                + " \"http://www.w3.org/TR/xhtml1/DTD/xhtml-lat1.ent\"> %latin; <!ENTITY nbsp \"&#160;\">]>"
                + "<rss><channel><item><title>a&nbsp;b</title></item></channel></rss>"))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>",
        "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
      })
  void a_document_type_with_entities_of_its_own_is_refused(String type) {
    refused(type + rss("<item><title>&x;</title></item>"), "declares entities of its own");
  }

  @Test
  void rss_1_keeps_its_items_beside_the_channel_and_its_dates_in_dublin_core()
      throws FeedException {
    List<FeedItem> items =
        parse("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\""
            + " xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel"
            + " rdf:about=\"https://news.example/\"><title>N</title><link>https://news.example/</link><items><rdf:Seq>"
            + "<rdf:li rdf:resource=\"https://news.example/1\"/></rdf:Seq></items></channel>"
            + "<item rdf:about=\"https://news.example/1\"><title>T</title><link>https://news.example/1</link>"
            + "<dc:date>2026-11-28T13:00:00+01:00</dc:date></item></rdf:RDF>");

    assertThat(items)
        .containsExactly(new FeedItem(
            Optional.of("https://news.example/1"),
            "T",
            "",
            Optional.of("https://news.example/1"),
            Optional.of(NOON)));
  }

  @Test
  void atom_prefers_the_date_of_publication_and_the_link_to_the_page() throws FeedException {
    List<FeedItem> items = parse(
        atom(
            "<entry><id>tag:news.example,2026:1</id><title type=\"html\">&lt;b&gt;T&lt;/b&gt;</title>"
                + "<link rel=\"self\" href=\"https://news.example/1.atom\"/>"
                + "<link rel=\"alternate\" type=\"application/json\" href=\"https://news.example/1.json\"/>"
                + "<link rel=\"alternate\" type=\"text/html\" href=\"https://news.example/1\"/>"
                + "<link rel=\"replies\" href=\"https://news.example/1#c\"/>"
                + "<published>2026-11-28T12:00:00Z</published><updated>2026-11-28T18:30:00.123Z</updated>"
                + "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>One <b>two</b></p></div></content></entry>"));

    assertThat(items)
        .containsExactly(new FeedItem(
            Optional.of("tag:news.example,2026:1"),
            "T",
            "One two",
            Optional.of("https://news.example/1"),
            Optional.of(NOON)));
  }

  @Test
  void atom_resolves_relative_links_against_every_base() throws FeedException {
    List<FeedItem> items = parse(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://site.example/blog/\">"
            + "<entry><id>1</id><title>a</title><link href=\"one\"/></entry>"
            + "<entry xml:base=\"two/\"><id>2</id><title>b</title><link href=\"three\"/></entry>"
            + "<entry><id>3</id><title>c</title><link xml:base=\"/x/\" href=\"four\"/></entry></feed>");

    assertThat(items)
        .extracting(item -> item.link().orElse(""))
        .containsExactly(
            "https://site.example/blog/one",
            "https://site.example/blog/two/three",
            "https://site.example/x/four");
    assertThat(parse(atom("<entry><title>a</title><link href=\"../one\"/></entry>"))
            .get(0)
            .link())
        .contains("https://news.example/one");
  }

  @Test
  void of_several_versions_of_an_atom_entry_the_first_counts() throws FeedException {
    String entry =
        "<entry><id>1</id><title>%s</title><link href=\"https://news.example/1\"/></entry>";

    assertThat(parse(atom(entry.formatted("New") + entry.formatted("Old"))))
        .extracting(FeedItem::title)
        .containsExactly("New");
  }

  @Test
  void plain_titles_of_atom_keep_their_angle_brackets() throws FeedException {
    assertThat(parse(atom(
                "<entry><title>List&lt;String&gt; is &amp;#8220;done&amp;#8221;</title></entry>"))
            .get(0)
            .title())
        .isEqualTo("List<String> is “done”");
  }

  @Test
  void rss_resolves_relative_links_against_the_site() throws FeedException {
    assertThat(parse(
                "<rss version=\"2.0\"><channel><link>https://site.example/blog/</link><item><title>a</title>"
                    + "<link>\n  post one?x={1}  \n</link></item></channel></rss>")
            .get(0)
            .link())
        .contains("https://site.example/blog/post%20one?x=%7B1%7D");
  }

  @Test
  void an_item_without_a_link_has_that_of_its_permanent_id_or_of_its_file() throws FeedException {
    List<FeedItem> items = parse(
        rss(
            "<item><title>a</title><link/><guid>https://news.example/a</guid></item>"
                + "<item><title>b</title><guid isPermaLink=\"false\">https://news.example/b</guid>"
                + "<enclosure url=\"https://cdn.example/b.mp3\" length=\"1\" type=\"audio/mpeg\"/></item>"
                + "<item><title>c</title><guid isPermaLink=\"false\">c</guid></item>"
                + "<item><title>d</title><atom:link rel=\"self\" href=\"https://x.example\"/><link>javascript:alert(1)</link></item>"));

    assertThat(items)
        .extracting(FeedItem::link)
        .containsExactly(
            Optional.of("https://news.example/a"),
            Optional.of("https://cdn.example/b.mp3"),
            Optional.empty(),
            Optional.empty());
  }

  @Test
  void titles_are_plain_text_however_they_are_written() throws FeedException {
    assertThat(parse(rss("<item><title><![CDATA[Fish & <b>chips</b>]]></title></item>"
            + "<item><title>&lt;i&gt;Fish&lt;/i&gt; &amp;amp; chips</title></item>"
            + "<item><title>Fish <em>&amp;</em> chips</title></item>"
            + "<item><title>Fish & chips</title></item>"
            + "<item><title> </title><description>Fish &amp; chips</description></item>")))
        .extracting(FeedItem::title)
        .containsOnly("Fish & chips")
        .hasSize(5);
  }

  @Test
  void an_item_without_a_title_is_shown_by_its_text_or_link_and_one_without_both_not_at_all()
      throws FeedException {
    assertThat(parse(rss("<item><title>\u200b&#160;</title><description>Words</description></item>"
            + "<item><link>https://news.example/1</link></item><item><guid>3</guid></item>")))
        .extracting(FeedItem::title, FeedItem::text)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("Words", ""),
            org.assertj.core.groups.Tuple.tuple("https://news.example/1", ""));
  }

  @Test
  void a_feed_that_is_not_quite_xml_is_read() throws FeedException {
    assertThat(
            parse(
                "\n\n<br>\n<b>Warning</b>: deprecated <?xml version=\"1.0\"?><rss><channel>"
                    + "<item><title>A\u0001 &#x1F; &bogus; <media:thumbnail url=x>t</media:thumbnail></title>"
                    + "<itunes:summary>S</itunes:summary></item></channel></rss><!-- cached --><script>x</script>"))
        .hasSize(1)
        .extracting(FeedItem::text)
        .containsExactly("S");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0", "2.0.1", "2", "0.92", "1.0", ""})
  void every_version_of_rss_is_read(String version) throws FeedException {
    assertThat(parse(
            "<rss version=\"" + version + "\" xmlns=\"http://backend.userland.com/rss2\"><channel>"
                + "<item><title>T</title></item></channel></rss>"))
        .hasSize(1);
  }

  @Test
  void an_empty_feed_has_no_items() throws FeedException {
    assertThat(parse(rss(""))).isEmpty();
    assertThat(parse("<feed xmlns=\"http://www.w3.org/2005/Atom\"/>")).isEmpty();
  }

  @Test
  void what_is_not_a_feed_is_refused_with_the_reason() {
    refused("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}", "is in JSON");
    refused("<!DOCTYPE html><html><body>Under construction</body></html>", "is a web page");
    refused("<html><body>Please log in<br></body></html>", "is a web page");
    refused("<opml version=\"2.0\"><body/></opml>", "is not an RSS or Atom feed");
    refused("hello", "is not an RSS or Atom feed");
    refused(" ", "is empty");
  }

  @Test
  void a_feed_that_ends_in_the_middle_is_refused_so_that_no_half_item_is_announced() {
    String whole =
        rss("<item><title>A long title</title></item><item><title>Another</title></item>");
    for (int end = whole.indexOf("<item>") + 6; end < whole.indexOf("</rss"); end++) {
      refused(whole.substring(0, end), "ends in the middle");
    }
  }

  @Test
  void items_inside_of_items_do_not_keep_the_parser_busy() throws FeedException {
    String deep = "<item><title>t</title>".repeat(100_000);

    assertThat(parse("<rss><channel>" + deep + "</channel></rss>")).hasSizeLessThan(10);
    assertThat(FeedDates.parse("a".repeat(4_000_000))).isEmpty();
  }

  @Test
  void of_a_very_long_feed_the_newest_items_are_kept_wherever_they_are() throws FeedException {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < 6_000; i++) {
      items
          .append("<item><title>")
          .append(i)
          .append("</title><pubDate>")
          .append(NOON.plusSeconds(i))
          .append("</pubDate></item>");
    }

    assertThat(parse(rss(items.toString())))
        .hasSize(5_000)
        .extracting(FeedItem::title)
        .contains("5999", "1000")
        .doesNotContain("999");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sat, 28 Nov 2026 12:00:00 GMT",
        "Mon, 28 Nov 2026 12:00:00 GMT",
        "28 Nov 2026 12:00 UT",
        "Sat, 28 Nov 26 07:00:00 EST",
        "Saturday, 28 November 2026 13:00:00 +0100",
        "Sat, 28 Nov 2026 13:00:00 GMT+1",
        "Sat 28-Nov-2026 04:00:00 PST",
        "Nov 28, 2026 12:00:00 GMT",
        "2026-11-28T12:00:00Z",
        "2026-11-28T12:00:00.000+00:00",
        "2026-11-28 13:00:00 CET",
        "2026-11-28t14:00+0200",
        "20261128T120000Z",
        "2026-11-28T12:00:00",
        " Sat,  28 Nov  2026   12:00:00  Z "
      })
  void dates_are_read_however_they_are_written(String date) {
    assertThat(FeedDates.parse(date)).contains(NOON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "31 Feb 2026 12:00:00 GMT", "2026-13-01", "28 novembre 2026", "1"
      })
  void what_is_not_a_date_is_none(String date) {
    assertThat(FeedDates.parse(date)).isEmpty();
  }

  @Test
  void the_encoding_is_found_whatever_the_header_and_the_declaration_say() throws FeedException {
    String feed =
        "<?xml version=\"1.0\"%s?><rss><channel><item><title>¿Qué?</title></item></channel></rss>";
    String utf8 = feed.formatted(" encoding=\"UTF-8\"");
    String latin = feed.formatted(" encoding='ISO-8859-1'");
    String none = feed.formatted("");
    title(none, StandardCharsets.UTF_8, "text/xml");
    title(utf8, StandardCharsets.UTF_8, "application/rss+xml; charset=iso-8859-1");
    title(latin, StandardCharsets.ISO_8859_1, "text/xml; charset=utf-8");
    title(none, StandardCharsets.ISO_8859_1, "text/xml; charset=\"ISO-8859-1\"");
    title("\ufeff" + none, StandardCharsets.UTF_8, "text/xml; charset=us-ascii");
    title("\ufeff" + utf8, StandardCharsets.UTF_16LE, "text/xml");
    title("\ufeff" + none, StandardCharsets.UTF_16BE, "text/xml");
    title(feed.formatted(" encoding=\"UTF-16\""), StandardCharsets.UTF_16LE, "text/xml");
    title(feed.formatted(" encoding=\"UTF-16\""), StandardCharsets.UTF_8, "text/xml");
    // Declared as one encoding and written in another.
    title(utf8, Charset.forName("windows-1252"), "text/xml; charset=utf-8");
    title(latin.replace("ISO-8859-1", "utf8mb4"), StandardCharsets.UTF_8, "text/xml; charset=none");
  }

  private static void title(String feed, Charset charset, String contentType) throws FeedException {
    assertThat(FeedParser.parse(feed.getBytes(charset), Optional.of(contentType), ADDRESS))
        .as(charset + " as " + contentType)
        .extracting(FeedItem::title)
        .containsExactly("¿Qué?");
  }

  private static String rss(String items) {
    return "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title><link>https://news.example</link>"
        + items + "</channel></rss>";
  }

  private static String atom(String entries) {
    return "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>News</title>" + entries + "</feed>";
  }

  private static List<FeedItem> parse(String feed) throws FeedException {
    return FeedParser.parse(feed.getBytes(StandardCharsets.UTF_8), Optional.empty(), ADDRESS);
  }

  private static void refused(String feed, String reason) {
    assertThatThrownBy(() -> parse(feed))
        .as(feed)
        .isInstanceOf(FeedException.class)
        .hasMessageContaining(reason);
  }
}
