#include "cli/rendering/csv.hpp"
#include "cli/rendering/display_width.hpp"
#include "cli/rendering/factor_headings.hpp"
#include "cli/rendering/printable.hpp"
#include "cli/rendering/tally_text.hpp"

#include <gmock/gmock.h>

namespace licaudit::cli::rendering {

using testing::ElementsAre;

TEST(printable, keeps_text_of_any_script) {
  EXPECT_EQ(printable("Zoë 東京 \xF0\x9F\x98\x80"), "Zoë 東京 \xF0\x9F\x98\x80");
}

TEST(printable, replaces_what_steers_a_terminal) {
  EXPECT_EQ(printable("a\x1b[31mb"), "a\xEF\xBF\xBD[31mb");
  EXPECT_EQ(printable("a\nb\tc\x7f"),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD"
            "c\xEF\xBF\xBD");
  EXPECT_EQ(printable("\xC2\x9B"
                      "31m"),
            "\xEF\xBF\xBD"
            "31m");  // C1: CSI in one character
  EXPECT_EQ(printable("x\xE2\x80\xAE"
                      "gpj"),
            "x\xEF\xBF\xBD"
            "gpj");                                          // turns the direction of writing
  EXPECT_EQ(printable("x\xE2\x80\xA8y"), "x\xEF\xBF\xBDy");  // line separator
}

TEST(printable, replaces_bytes_that_are_no_utf8) {
  EXPECT_EQ(printable("a\xFF"
                      "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(printable("\xE6\x9D"), "\xEF\xBF\xBD\xEF\xBF\xBD");                  // cut off
  EXPECT_EQ(printable("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");                  // overlong
  EXPECT_EQ(printable("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // surrogate
}

TEST(printable, leaves_a_json_document_the_same_document) {
  EXPECT_EQ(printable_json("{\n \"a\": \"b\xC2\x9B\x7F\"}"), "{\n \"a\": \"b\\u009b\\u007f\"}");
}

TEST(display_width, counts_columns_not_bytes) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("Zoë"), 3U);
  EXPECT_EQ(display_width("東京"), 4U);
  EXPECT_EQ(display_width("e\xCC\x81"), 1U);  // e and a combining accent
}

TEST(display_width, shortens_with_an_ellipsis_and_never_cuts_a_character) {
  EXPECT_EQ(shortened("abcdef", 6), "abcdef");
  EXPECT_EQ(shortened("abcdef", 4), "abc\xE2\x80\xA6");
  EXPECT_EQ(shortened("東京都", 4), "東\xE2\x80\xA6");
  EXPECT_EQ(shortened("abc", 0), "");
}

TEST(display_width, wraps_at_blanks) {
  EXPECT_THAT(wrapped("renew the secret now", 9), ElementsAre("renew the", "secret", "now"));
  EXPECT_THAT(wrapped("abcdefgh ij", 4), ElementsAre("abcd", "efgh", "ij"));
  EXPECT_THAT(wrapped("", 4), ElementsAre(""));
  EXPECT_THAT(wrapped("東京都", 1), ElementsAre("東", "京", "都"));
}

TEST(csv, quotes_only_where_needed) {
  EXPECT_EQ(csv_record({"a", "b c", "", "d,e", "say \"x\"", "l\nm", " f"}),
            "a,b c,,\"d,e\",\"say \"\"x\"\"\",\"l\nm\",\" f\"\r\n");
}

TEST(factor_headings, are_initials_or_what_the_trade_says) {
  EXPECT_THAT(factor_headings(
                  {"direct-routing", "operator-connect", "lifecycle-management", "user-interface", "service-numbers"}),
              ElementsAre("DR", "OC", "LCM", "UI", "SVC"));
}

TEST(factor_headings, of_one_word_stay_that_word) {
  EXPECT_THAT(factor_headings({"agents"}), ElementsAre("agents"));
}

TEST(factor_headings, are_unique) {
  EXPECT_THAT(factor_headings({"call-recording", "cloud-routing", "user-interface"}),
              ElementsAre("call-recording", "cloud-routing", "UI"));
}

TEST(tally_text, is_written_as_the_domain_says) {
  EXPECT_EQ(tally_text({{"calculated", 12}, {"configured", 34}, {"on", true}}), "12 (34)");
  EXPECT_EQ(tally_text({{"calculated", 0}, {"configured", 34}, {"on", false}}), "0 (34) (n/a)");
  EXPECT_EQ(tally_text({{"calculated", 0}, {"configured", nullptr}, {"on", true}}), "0 (n/a)");
  EXPECT_EQ(tally_text({{"calculated", 2}, {"configured", 5}}, 4), "   2 (5)");
}

}  // namespace licaudit::cli::rendering
