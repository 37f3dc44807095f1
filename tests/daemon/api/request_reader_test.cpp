#include "daemon/api/request_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

namespace licaudit::api {
namespace {

using state = request_reader::state;
using testing::ElementsAre;

class request_reader_test : public testing::Test {
 protected:
  void give(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto space = reader.space();
      const std::size_t n = std::min(space.size(), bytes.size());
      std::memcpy(space.data(), bytes.data(), n);
      reader.commit(n);
      bytes.remove_prefix(n);
    }
  }
  request taken() {
    request made;
    EXPECT_TRUE(reader.take(made).has_value());
    return made;
  }

  request_reader reader{http_limits{}};
};

TEST_F(request_reader_test, tells_silence_from_half_a_request) {
  EXPECT_EQ(reader.advance(), state::begins);
  give("GET /v1/st");
  EXPECT_EQ(reader.advance(), state::partial);
  EXPECT_EQ(reader.advance(), state::partial);
  give("atus?a=b HTTP/1.1\r\nAccept: text/csv\r\n");
  EXPECT_EQ(reader.advance(), state::partial);
  give("\r\n");
  EXPECT_EQ(reader.advance(), state::whole);
  const request asked = taken();
  EXPECT_EQ(asked.method, method::get);
  EXPECT_THAT(asked.path, ElementsAre("v1", "status"));
  EXPECT_EQ(asked.query.at("a"), "b");
  EXPECT_EQ(asked.accept, "text/csv");
  reader.next();
  EXPECT_EQ(reader.advance(), state::begins);
}

TEST_F(request_reader_test, takes_pipelined_requests_one_by_one) {
  give("POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcHEAD /b HTTP/1.0\r\n\r\nGET /");
  EXPECT_EQ(reader.advance(), state::whole);
  EXPECT_EQ(reader.advance(), state::whole) << "nothing moves on by itself";
  EXPECT_EQ(taken().body, "abc");
  EXPECT_TRUE(reader.keeps_alive());
  reader.next();
  EXPECT_EQ(reader.advance(), state::whole);
  EXPECT_TRUE(reader.wants_no_body());
  EXPECT_EQ(reader.version(), 10U);
  EXPECT_FALSE(reader.keeps_alive());
  EXPECT_EQ(taken().body, "") << "nothing of the request before";
  reader.next();
  EXPECT_EQ(reader.advance(), state::partial);
}

TEST_F(request_reader_test, reads_chunks_however_they_are_cut) {
  for (const char* body : {"0\r\n\r\n", "2\r\nab\r\n0\r\n\r\n", "1;x=y\r\na\r\n1\r\nb\r\n0\r\nTrailer: t\r\n\r\n"}) {
    const std::string all = std::string("POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n") + body;
    for (std::size_t piece = 1; piece <= all.size(); ++piece) {
      for (std::size_t at = 0; at < all.size(); at += piece) {
        give(std::string_view(all).substr(at, piece));
        ASSERT_EQ(reader.advance(), at + piece < all.size() ? state::partial : state::whole) << body << " by " << piece;
      }
      EXPECT_EQ(taken().body, std::string_view(body).starts_with('0') ? "" : "ab");
      reader.next();
      EXPECT_EQ(reader.advance(), state::begins);
    }
  }
}

TEST_F(request_reader_test, waits_for_the_body_after_it_asked_for_it) {
  give("PUT /x HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(reader.advance(), state::expects);
  EXPECT_EQ(reader.advance(), state::partial);
  give("{}");
  EXPECT_EQ(reader.advance(), state::whole);
  EXPECT_EQ(taken().body, "{}");
}

TEST_F(request_reader_test, does_not_ask_for_a_body_that_is_there) {
  give("PUT /x HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(reader.advance(), state::whole);
}

TEST_F(request_reader_test, refuses_with_a_last_answer) {
  give("GET /x HTTP/1.1\r\nExpect: miracles\r\n\r\n");
  EXPECT_EQ(reader.advance(), state::refused);
  const response refusal = reader.refusal();
  EXPECT_EQ(refusal.status, 417);
  EXPECT_TRUE(refusal.close);
}

TEST_F(request_reader_test, one_byte_after_the_other_is_the_same) {
  const std::string_view text =
      "POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\n\r\n";
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    give(text.substr(i, 1));
    ASSERT_EQ(reader.advance(), state::partial) << i;
  }
  give(text.substr(text.size() - 1));
  EXPECT_EQ(reader.advance(), state::whole);
  EXPECT_EQ(taken().body, "abcde");
}

TEST_F(request_reader_test, an_address_that_cannot_be_read_is_a_failure_of_its_own) {
  give("GET /%zz HTTP/1.1\r\n\r\n");
  EXPECT_EQ(reader.advance(), state::whole);
  request made;
  EXPECT_EQ(reader.take(made).error().code, errc::malformed);
}

}  // namespace
}  // namespace licaudit::api
