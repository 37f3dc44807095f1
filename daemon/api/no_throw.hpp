#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace licaudit::api {

/// For expected errors: `auto [ec, n] = co_await stream.async_read_some(buffer, no_throw);`
inline constexpr auto no_throw = boost::asio::as_tuple(boost::asio::use_awaitable);

}  // namespace licaudit::api
