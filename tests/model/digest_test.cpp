#include "model/digest.hpp"

#include "tests/model/written.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace licaudit {
namespace {

// FIPS 180-2, appendix B.
constexpr auto of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr auto of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr auto of_a_million_a = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(digest_test, hashes_the_published_examples) {
  EXPECT_EQ(to_hex(sha256("abc")), of_abc);
  EXPECT_EQ(to_hex(sha256("")), of_nothing);
}

TEST(digest_test, hashes_a_stream_like_its_whole) {
  digest_stream stream;
  for (int i = 0; i < 1'000; ++i) stream.add(std::string(1'000, 'a'));
  EXPECT_EQ(to_hex(stream.finish()), of_a_million_a);
  EXPECT_EQ(to_hex(digest_stream().finish()), of_nothing);
}

TEST(digest_test, goes_on_after_a_move) {
  digest_stream first;
  first.add("ab");
  digest_stream second(std::move(first));
  digest_stream third;
  third = std::move(second);
  third.add("c");
  EXPECT_EQ(to_hex(third.finish()), of_abc);
}

TEST(digest_test, reads_hex_back) {
  EXPECT_EQ(digest_from_hex(of_abc).value(), sha256("abc"));
  EXPECT_EQ(digest_from_hex("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD").value(), sha256("abc"));
  EXPECT_EQ(bytes_of(sha256("abc")).size(), 32U);
  EXPECT_EQ(bytes_of(sha256("abc")).substr(0, 2), "\xBA\x78");
}

TEST(digest_test, refuses_what_is_no_digest) {
  std::string wrong = of_abc;
  wrong.back() = 'g';
  for (const auto& text : {std::string(), std::string("abc"), std::string(of_abc) + "0", wrong}) {
    EXPECT_FALSE(digest_from_hex(text)) << text;
  }
  EXPECT_EQ(problem_of(digest_from_hex("abc")), "'abc' is no SHA-256: expected 64 hexadecimal digits");
}

}  // namespace
}  // namespace licaudit
