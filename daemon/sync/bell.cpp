#include "daemon/sync/bell.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace licaudit::sync {

namespace asio = boost::asio;

void bell::ring() {
  for (auto* timer : waiting_) timer->cancel();
}

asio::awaitable<void> bell::wait(std::chrono::milliseconds at_most) {
  asio::steady_timer timer(executor_, at_most);
  struct place {
    std::list<asio::steady_timer*>& list;
    std::list<asio::steady_timer*>::iterator at;
    ~place() { list.erase(at); }
  };
  const place mine{waiting_, waiting_.insert(waiting_.end(), &timer)};
  co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
}

}  // namespace licaudit::sync
