#include "daemon/api/tcp_listener.hpp"

#include <sys/socket.h>
#include <unistd.h>
#include <boost/asio/ip/tcp.hpp>

#include <cerrno>
#include <system_error>
#include <utility>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using endpoint = asio::ip::tcp::endpoint;

std::string text_of(const endpoint& of) {
  const std::string address = of.address().to_string();
  return (of.address().is_v6() ? "[" + address + "]" : address) + ":" + std::to_string(of.port());
}

bool turn_on(int descriptor, int level, int option) {
  const int on = 1;
  return ::setsockopt(descriptor, level, option, &on, sizeof on) == 0;
}

/// A daemon that starts again takes the port of the one before at once; an IPv6 address is never IPv4 too.
bool listens(int descriptor, const endpoint& at) {
  return turn_on(descriptor, SOL_SOCKET, SO_REUSEADDR) &&
         (!at.address().is_v6() || turn_on(descriptor, IPPROTO_IPV6, IPV6_V6ONLY)) &&
         ::bind(descriptor, at.data(), static_cast<socklen_t>(at.size())) == 0 && ::listen(descriptor, SOMAXCONN) == 0;
}

}  // namespace

result<tcp_listener> tcp_listener::open(const std::string& address, std::uint16_t port) {
  boost::system::error_code wrong;
  endpoint at(asio::ip::make_address(address, wrong), port);
  if (wrong) return failure{errc::malformed, "http.listen: " + address + " is no address in digits"};
  tcp_listener made;
  made.descriptor_ = ::socket(at.protocol().family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  socklen_t size = static_cast<socklen_t>(at.capacity());
  if (made.descriptor_ < 0 || !listens(made.descriptor_, at) ||
      ::getsockname(made.descriptor_, at.data(), &size) != 0) {
    const auto reason = std::generic_category().message(errno);  // first: writing an address out clears it
    return failure{errc::unreachable, "http.listen " + text_of(at) + ": " + reason +
                                          "; choose another address or port, or stop what listens there"};
  }
  at.resize(size);
  made.place_ = text_of(at);
  made.loopback_ = at.address().is_loopback();
  return made;
}

tcp_listener::tcp_listener(tcp_listener&& other) noexcept {
  *this = std::move(other);
}

tcp_listener& tcp_listener::operator=(tcp_listener&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(place_, other.place_);
  std::swap(loopback_, other.loopback_);
  return *this;
}

tcp_listener::~tcp_listener() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

int tcp_listener::release() {
  return std::exchange(descriptor_, -1);
}

}  // namespace licaudit::api
