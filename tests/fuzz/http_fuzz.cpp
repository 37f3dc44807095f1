// A whole connection, from its bytes to the answers: head parser, session, router and handlers over a house of fakes.
#include "daemon/api/http_session.hpp"
#include "daemon/api/session_set.hpp"
#include "tests/daemon/api/sample_api.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/promise.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/local/connect_pair.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <utility>

namespace asio = boost::asio;

namespace licaudit::fuzz {
namespace {

using socket_type = asio::local::stream_protocol::socket;

/// Nothing waits here but for our own bytes; a session that is still there after this would be there for ever.
constexpr auto patience = std::chrono::seconds(10);

class conversation {
 public:
  explicit conversation(api::sample_api& api) : api_(api), ours_(api.loop()), theirs_(api.loop()) {
    asio::local::connect_pair(ours_, theirs_);
    ours_.non_blocking(true);
    place_ = sessions_.add(std::chrono::steady_clock::now());
    rules_.handler = [this](const api::request& asked) { return api_.routes().answer(asked); };
    access::caller root;
    root.uid = 0;
    auto ended = [this](const std::exception_ptr& failed) {
      promise(failed == nullptr, "a session contains its exceptions");
      ended_ = true;
    };
    asio::co_spawn(api.loop(), api::run_session(std::move(theirs_), root, rules_, *place_), std::move(ended));
  }

  /// What the other side answered to the bytes, sent in pieces of this size.
  std::string run(std::string_view bytes, std::size_t piece) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!ended_) {
      turn();
      if (!bytes.empty()) bytes.remove_prefix(send(bytes.substr(0, piece)));
      if (bytes.empty()) finish_sending();
      promise(std::chrono::steady_clock::now() < deadline, "a session ends once its client has said everything");
    }
    turn();
    return std::move(heard_);
  }

 private:
  void turn() {
    api_.loop().restart();
    while (api_.loop().poll() > 0) {
    }
    std::array<char, 4096> block;
    boost::system::error_code ec;
    for (std::size_t n = 1; n > 0 && !ec;) {
      n = ours_.read_some(asio::buffer(block), ec);
      heard_.append(block.data(), n);
    }
  }

  std::size_t send(std::string_view bytes) {
    boost::system::error_code ec;
    const auto n = ours_.write_some(asio::buffer(bytes), ec);
    return ec && ec != asio::error::would_block ? bytes.size() : n;  // it has left: the rest goes nowhere
  }

  void finish_sending() {
    if (finished_) return;
    finished_ = true;
    boost::system::error_code ignored;
    ours_.shutdown(socket_type::shutdown_send, ignored);
  }

  api::sample_api& api_;
  bool stopping_ = false;
  api::session_rules rules_{{}, {}, &stopping_};
  api::session_set sessions_;
  api::session_set::place place_;
  socket_type ours_, theirs_;
  std::string heard_;
  bool ended_ = false, finished_ = false;
};

/// A status line, headers, and a body of the length they say, one after the other; up to what has another form.
void promise_answers(std::string_view heard) {
  while (!heard.empty()) {
    promise(heard.starts_with("HTTP/1.") && heard.size() > 12, "an answer begins with its status", heard);
    const auto status = heard.substr(9, 3);
    promise(status >= "100" && status <= "599" && status != "500", "no request is an internal error", heard);
    const auto end = heard.find("\r\n\r\n");
    promise(end != std::string_view::npos, "an answer has a whole head", heard);
    const auto head = heard.substr(0, end + 2);
    heard.remove_prefix(end + 4);
    constexpr std::string_view announced = "Content-Length: ";
    const auto at = head.find(announced);
    if (status == "100") continue;
    if (at == std::string_view::npos) return;  // chunked
    std::size_t length = 0;
    std::from_chars(head.data() + at + announced.size(), head.data() + head.size(), length);
    promise(heard.size() >= length, "an answer has a whole body", head);
    heard.remove_prefix(length);
  }
}

std::string talk(api::sample_api& api, std::string_view bytes, std::size_t piece) {
  api.rooms.asked.clear();
  api.refused.clear();
  auto heard = conversation(api).run(bytes, piece);
  promise(api.reports.empty(), "nothing is reported", api.reports.empty() ? "" : api.reports.front());
  return heard;
}

/// Of a client that leaves within a head, Beast sees the faults that came in one piece: there may be a refusal at the
/// end or none.
bool agree(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  if (!a.starts_with(b)) return false;
  a.remove_prefix(b.size());
  return a.empty() || a.starts_with("HTTP/1.1 400 ") || a.starts_with("HTTP/1.1 505 ");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static api::sample_api api;
  const auto input = text_of(bytes, size);
  const auto whole = talk(api, input, std::max<std::size_t>(1, size));
  // To HEAD an answer is its head alone, however long it says that its body would be.
  if (input.find("HEAD") == std::string_view::npos) promise_answers(whole);
  const auto cut = talk(api, input, slice_of(input));
  promise(agree(whole, cut), "a request is answered the same however it is cut", whole);
  return 0;
}

}  // namespace licaudit::fuzz
