using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Nuclio.Sdk;

namespace Nucleon.Wrapper
{
    /// <summary>
    /// A user's method, ready to be called: <c>(Context, Event)</c>, a list of events in the event's place for batches, and a
    /// <see cref="CancellationToken"/> behind them if it wants one. Any return type. Safe for many threads if the method is.
    /// </summary>
    internal sealed class Handler
    {
        private static readonly Type[] ListTypes =
        {
            typeof(Event[]), typeof(List<Event>), typeof(IList<Event>), typeof(ICollection<Event>), typeof(IReadOnlyList<Event>),
            typeof(IReadOnlyCollection<Event>), typeof(IEnumerable<Event>),
        };

        private readonly MethodInfo method;
        private readonly object? target;
        private readonly bool takesToken;
        private readonly Func<Context, Event, object?>? plain;
        private readonly Func<Context, Event, CancellationToken, object?>? cancellable;

        /// <param name="method">One that <see cref="Fits"/>.</param>
        /// <param name="target">What it is called on; null for static methods and for types that can't be made.</param>
        internal Handler(MethodInfo method, object? target)
        {
            this.method = method;
            this.target = target;
            ParameterInfo[] parameters = method.GetParameters();
            TakesBatch = ListTypes.Contains(parameters[1].ParameterType);
            takesToken = parameters.Length == 3;
            Type returned = method.ReturnType;
            IsAsync = IsAwaitable(returned);
            MayBeAsync = IsAsync || returned == typeof(object);
            // Bound once: a call then costs what a call costs. Values have to be boxed, which reflection does.
            if (returned.IsValueType || returned == typeof(void) || TakesBatch)
            {
                return;
            }
            if (takesToken)
            {
                cancellable = (Func<Context, Event, CancellationToken, object?>)Delegate.CreateDelegate(
                    typeof(Func<Context, Event, CancellationToken, object?>), target, method);
            }
            else
            {
                plain = (Func<Context, Event, object?>)Delegate.CreateDelegate(
                    typeof(Func<Context, Event, object?>), target, method);
            }
        }

        /// <summary>Whether it can't be called on null, as nuclio calls every instance method.</summary>
        internal bool LacksObject => target == null && !method.IsStatic && plain == null && cancellable == null;

        /// <summary>Whether it takes all events of a batch at once.</summary>
        internal bool TakesBatch { get; }

        /// <summary>Whether its declaration says that its result has to be awaited.</summary>
        internal bool IsAsync { get; }

        /// <summary>Whether its result may have to be awaited.</summary>
        internal bool MayBeAsync { get; }

        /// <summary>Whether a method has a handler's parameters.</summary>
        internal static bool Fits(MethodInfo method)
        {
            ParameterInfo[] parameters = method.GetParameters();
            return (parameters.Length == 2 || parameters.Length == 3 && parameters[2].ParameterType == typeof(CancellationToken))
                && !method.ContainsGenericParameters
                && parameters[0].ParameterType.IsAssignableFrom(typeof(Context))
                && (parameters[1].ParameterType.IsAssignableFrom(typeof(Event)) || ListTypes.Contains(parameters[1].ParameterType));
        }

        /// <summary>Calls it with one event. What it throws is thrown.</summary>
        internal object? Call(Context context, FrameEvent one)
        {
            if (plain != null)
            {
                return plain(context, one);
            }
            return cancellable != null
                ? cancellable(context, one, one.CancellationToken)
                : Invoke(context, TakesBatch ? AsList(new[] { one }) : one, takesToken ? one.CancellationToken : default);
        }

        /// <summary>Calls it with a batch; <see cref="TakesBatch"/> only.</summary>
        internal object? CallBatch(Context context, IReadOnlyList<FrameEvent> events) =>
            Invoke(context, AsList(events), takesToken ? events[0].CancellationToken : default);

        private object AsList(IEnumerable<FrameEvent> events) =>
            method.GetParameters()[1].ParameterType == typeof(Event[])
                ? (object)events.ToArray<Event>()
                : events.ToList<Event>();

        private object? Invoke(Context context, object events, CancellationToken token)
        {
            object?[] arguments = takesToken ? new[] { context, events, token } : new[] { context, events };
            return method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        }

        private static bool IsAwaitable(Type type) =>
            typeof(Task).IsAssignableFrom(type)
            || type == typeof(ValueTask)
            || type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ValueTask<>)
                || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>));
    }

    /// <summary>Results that have to be awaited, whatever they are declared as. Stateless but for what it remembers of types.</summary>
    internal static class Awaiting
    {
        private static readonly ConcurrentDictionary<Type, PropertyInfo?> Results = new ConcurrentDictionary<Type, PropertyInfo?>();
        private static readonly ConcurrentDictionary<Type, MethodInfo?> Conversions = new ConcurrentDictionary<Type, MethodInfo?>();

        /// <summary>The result as a task; null if it is none.</summary>
        internal static Task? TaskOf(object? result)
        {
            if (result == null || result is string || result is Response)
            {
                return null;
            }
            if (result is Task task)
            {
                return task;
            }
            if (result is ValueTask value)
            {
                return value.AsTask();
            }
            Type type = result.GetType();
            return type.IsValueType && type.IsGenericType
                ? (Task?)Conversions.GetOrAdd(type, FindAsTask)?.Invoke(result, null)
                : null;
        }

        /// <summary>What a task that has ended gives; null for one without a result. Its exception is thrown.</summary>
        internal static object? ResultOf(Task task)
        {
            task.GetAwaiter().GetResult();
            return task switch
            {
                Task<object> typed => typed.Result,
                Task<string> typed => typed.Result,
                Task<Response> typed => typed.Result,
                _ => Results.GetOrAdd(task.GetType(), FindResult)?.GetValue(task),
            };
        }

        private static MethodInfo? FindAsTask(Type type) =>
            type.GetGenericTypeDefinition() == typeof(ValueTask<>) ? type.GetMethod("AsTask") : null;

        private static PropertyInfo? FindResult(Type? type)
        {
            while (type != null && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>)))
            {
                type = type.BaseType;
            }
            // `async Task` methods return a Task<VoidTaskResult>, a type of the runtime's own.
            return type == null || !type.GetGenericArguments()[0].IsVisible ? null : type.GetProperty("Result");
        }
    }
}
